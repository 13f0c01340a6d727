"""How much somebody may still do: a bucket that fills at a steady rate. Knows no clock."""

from dataclasses import dataclass


@dataclass
class Budget:
    per_s: float
    burst: float
    left: float = -1.0
    _at_s: float = 0.0

    def take(self, now_s: float) -> bool:
        """Spends one; False where none is left. `now_s` is monotonic."""
        if self.left < 0:
            self.left, self._at_s = self.burst, now_s
        self.left = min(self.burst, self.left + (now_s - self._at_s) * self.per_s)
        self._at_s = now_s
        if self.left < 1:
            return False
        self.left -= 1
        return True
