/** What a runtime said. */
export interface Report {
  readonly version: string
  /** The results as JSON. */
  readonly results: string
}

/** What to run, and where its server is. */
export interface Job {
  readonly origin: string
  /** A module that runs the checks of the origin that is its first argument and prints their results. */
  readonly program: string
}
