"""The steps of the pipeline, as Rasa graph components."""
