"""Reading a document as a careful person would: grammar, commitment, terms, traits, findings."""
