"""How good it is: datasets, runner, statistics, benches. Imports the service, never the reverse."""
