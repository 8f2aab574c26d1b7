"""Random lengths, in seconds. Owns drawing; reading of mutu baku and scenario is `plans`."""

from dataclasses import dataclass
from random import Random
from typing import Protocol


class Length(Protocol):
    """Something that can be drawn; `mean` is its expectation in seconds."""

    @property
    def mean(self) -> float: ...

    def draw(self, random: Random) -> float: ...


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same."""

    mean: float

    def draw(self, random: Random) -> float:
        return self.mean


@dataclass(frozen=True, slots=True)
class Exponential:
    """Memoryless, as in queueing formulas."""

    mean: float

    def draw(self, random: Random) -> float:
        return random.expovariate(1.0) * self.mean


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between low and high, most often near mode."""

    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        """A third of the sum of the three corners."""
        return (self.low + self.mode + self.high) / 3

    def draw(self, random: Random) -> float:
        return random.triangular(self.low, self.high, self.mode)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything between low and high alike."""

    low: float
    high: float

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    def draw(self, random: Random) -> float:
        return random.uniform(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Samples:
    """One of the lengths that were seen."""

    seen: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Their average."""
        return sum(self.seen) / len(self.seen)

    def draw(self, random: Random) -> float:
        return random.choice(self.seen)
