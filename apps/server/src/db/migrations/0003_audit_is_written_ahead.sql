CREATE TABLE "audit_open" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"operation" text NOT NULL,
	"target" text,
	"request_id" text NOT NULL,
	"lease_until" timestamp with time zone NOT NULL
);
