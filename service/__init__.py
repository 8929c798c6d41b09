"""What is made of a text: plans, engines, checks, exports, storage, pages."""
