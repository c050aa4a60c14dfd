"""Many submissions: hands jobs out to worker processes and gathers the results.

`ledger` knows what the gradebook has already, `jobs` what can be asked of a worker, `handout` is the main
process's side, `worker` the other one, `packed` what crosses between them. Between the two stands one of the
`executors`: processes of this machine, or a Dask cluster.
"""
