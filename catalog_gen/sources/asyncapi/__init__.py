# AsyncAPI documents to fragments: files, references, traits, both majors read into one vocabulary.
