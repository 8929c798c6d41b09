"""The patterns engine: no model, no network, same input same bytes."""
