"""How well a practice serves an intent: what is looked at, and the weights that turn it into a probability."""
