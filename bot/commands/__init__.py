"""The commands of `spindel`, one file each."""
