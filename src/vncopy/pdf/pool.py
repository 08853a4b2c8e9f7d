"""Workers that wait for files to read: started when needed, kept warm, let go at the end."""

from __future__ import annotations

import atexit
import os
import threading
from dataclasses import replace

from vncopy.pdf.workers import Gone, Outcome, Plan, Worker, WorkerUnavailable

__all__ = ["Pool", "shared_pool", "use_pool"]


class Pool:
    """Workers of one process, for any number of threads."""

    def __init__(self, plan: Plan | None = None) -> None:
        """Make an empty pool.

        Args:
            plan: how workers are started; ``None``: as ever.
        """
        self.plan = plan or Plan()
        self._turn = threading.Condition()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._starting = 0
        self._most = max(1, min(self.plan.most, os.cpu_count() or 1))

    def run(self, request: bytes, seconds: float) -> Outcome:
        """Have a job done by the next free worker.

        Args:
            request: a frame that holds a :class:`~vncopy.pdf.jobs.Job`.
            seconds: after which the worker is ended; waiting for one to be free comes before.

        Returns:
            How it ended.

        Raises:
            WorkerUnavailable: none could be started.
            MissingExtra: the engines are not installed.
        """
        while True:
            worker = self._take()
            try:
                outcome = worker.ask(request, seconds)
            except Gone:
                self._drop(worker)
                continue
            except RuntimeError as error:  # no thread to watch it, as while Python shuts down
                self._drop(worker)
                raise WorkerUnavailable(type(error).__name__) from error
            except BaseException:
                self._drop(worker)
                raise
            if worker.alive:
                with self._turn:
                    self._idle.append(worker)
                    self._turn.notify()
            else:
                self._drop(worker)
            return replace(outcome, isolation=worker.isolation)

    def close(self) -> None:
        """End the workers that wait; a further job starts new ones."""
        with self._turn:
            waiting, self._idle = self._idle, []
            self._all.difference_update(waiting)
            self._turn.notify_all()
        for worker in waiting:
            worker.leave()

    def forget(self) -> None:
        """Let go of all workers in a forked process, to whose parent they belong."""
        for worker in self._all:
            worker.forget()

    def _take(self) -> Worker:
        with self._turn:
            while not self._idle and len(self._all) + self._starting >= self._most:
                self._turn.wait()
            if self._idle:
                return self._idle.pop()
            self._starting += 1
        try:
            worker = Worker(self.plan)
        except BaseException:
            with self._turn:
                self._starting -= 1
                self._turn.notify()
            raise
        with self._turn:
            self._starting -= 1
            self._all.add(worker)
        return worker

    def _drop(self, worker: Worker) -> None:
        worker.kill()
        with self._turn:
            self._all.discard(worker)
            self._turn.notify()


_pools = {0: Pool()}
"""The pool of this process; a dictionary, so that a forked process can put its own in its place."""


def shared_pool() -> Pool:
    """Return the pool that verifying uses in this process."""
    return _pools[0]


def use_pool(pool: Pool) -> None:
    """Have the files of this process read by other workers from now on; for tests, measurements.

    Args:
        pool: whose.
    """
    shared_pool().close()
    _pools[0] = pool


def _after_fork() -> None:
    """Start anew in a forked process: the workers are its parent's, and so are the locks."""
    before, _pools[0] = _pools[0], Pool(_pools[0].plan)
    before.forget()


def _at_exit() -> None:
    shared_pool().close()


atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
