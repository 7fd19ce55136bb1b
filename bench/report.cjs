// Preloaded into what is measured: tells the parent what the whole process took, its start included.
process.once('exit', () => {
  const { user, system } = process.cpuUsage()
  const { maxRSS } = process.resourceUsage()
  require('node:fs').writeSync(3, JSON.stringify({ cpu: user + system, memory: maxRSS * 1024 }))
})
