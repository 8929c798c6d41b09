"""What each page shows: one frozen record a page, built from plans and documents without any HTML."""
