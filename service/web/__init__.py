"""What people and programs reach over HTTP: an API and a few pages."""
