"""How the commitment model's weights are made from the project's own labelled sentences."""
