"""The demonstration: a made-up shop's files from several systems that overlap, and who is who in truth."""

from customerfile.intake.demonstration.faults import PlantedFault
from customerfile.intake.demonstration.generate import DemoFile, Demonstration, generate

__all__ = ["DemoFile", "Demonstration", "PlantedFault", "generate"]
