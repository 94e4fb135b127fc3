"""Keeps child processes running: one that dies is started again, and a stop reaches all in bounded time."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 25.0
"""Seconds that children have to finish what they are doing before they are killed."""
SHORTEST, LONGEST = 1.0, 30.0
"""Seconds before a dead child starts again: doubled with each death, the shortest after a quiet minute."""
QUIET = 60.0


@dataclass(slots=True)
class Child:
    """One program to keep running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = SHORTEST
    began: float = 0.0
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Runs `children` until it is told to stop, and tells `say` what happens to them."""

    children: Sequence[Child]
    say: Callable[[str], None]
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Start everything and return after SIGTERM or SIGINT, when every child has ended."""
        before = {name: signal.signal(name, self._told) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stop.is_set():
                for child in self.children:
                    self._look_after(child)
                self._stop.wait(0.2)
        finally:
            self._end()
            for name, handler in before.items():
                signal.signal(name, handler)

    def _told(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            if now - child.began > QUIET:
                child.pause = SHORTEST
            self.say(
                f"{child.name} が止まりました（終了コード {child.process.returncode}）。"
                f"{child.pause:.0f} 秒後に始め直します。"
            )
            child.process, child.due = None, now + child.pause
            child.pause = min(child.pause * 2, LONGEST)
        if child.process is None and now >= child.due:
            # a session of its own: Ctrl-C in the terminal reaches us alone, and we pass it on once
            child.process = subprocess.Popen(
                child.command, env={**os.environ, **child.environment}, start_new_session=True
            )
            child.began = now

    def _end(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
