import express from 'express'
import { announce, readSettings } from '../floors/settings.ts'
import { createWork, withMessage } from '../floors/work.ts'

/** The same work on Express: a middleware and a route. */
const work = createWork(readSettings())
const app = express()

app.use((request, response, next) => {
  const userId = work.authenticate(request.headers.authorization)
  if (userId === null) {
    response.status(401).json({ message: 'Unauthenticated.' })
    return
  }
  response.locals['userId'] = userId
  next()
})
app.get('/easemob/password', async (_request, response) => {
  response.status(201).json(withMessage(await work.password(String(response.locals['userId']))))
})

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  announce(typeof address === 'object' && address ? address.port : 0)
})
