-- A slot that was taken need not outlive a crash of the database: nobody waits for the disk to take one.
ALTER TABLE "pace" SET UNLOGGED;
