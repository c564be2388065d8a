# What the Python yardsticks share: reading the persons, timing, answering in one line of JSON. Exit code 77: a package is not installed.
import json, sys, time
try:
    import numpy as np
except ImportError:
    sys.exit(77)

THREADS = 2


def persons(path, covariates=10):
    values = np.fromfile(path).reshape(covariates + 2, -1)
    return np.ascontiguousarray(values[:covariates].T), values[covariates]


def measured(version, repetitions, work, value):
    """Once to warm up, then as often as asked, as the other side does."""
    last, seconds = work(), []
    for _ in range(repetitions):
        start = time.perf_counter()
        last = work()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"version": version, "seconds": seconds, "values": [float(v) for v in value(last)]}))
