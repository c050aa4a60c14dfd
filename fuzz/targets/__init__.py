"""One module for each thing that reads what others wrote: ``check(data)`` and ``seeds()``."""
