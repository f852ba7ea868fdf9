// The count of live handles and the global generator belong to the process: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
