"""What the peers in Python share: their options, the clock, and the lines they print. The clock is that of common.mjs."""
import argparse
import json
import math
import resource
import sys
import time

BLOCK_MS = 20.0
FEWEST_BLOCKS = 5

parser = argparse.ArgumentParser()
parser.add_argument("--case", default="a,b32,b128,c,d,e,f,gemm")
parser.add_argument("--sizes", default="64,128,256,512,1024")
parser.add_argument("--seconds", type=float, default=1.5)
parser.add_argument("--warmup", type=float, default=1.0)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--once", action="store_true")
options = parser.parse_args()


def emit(line):
    print(json.dumps(line), flush=True)


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(step):
    """The median and the best of blocks of at least 20 ms, after a warm-up by time, in milliseconds per step."""
    step()
    begin = time.perf_counter()
    made = 0
    while True:
        step()
        made += 1
        passed = time.perf_counter() - begin
        if passed >= options.warmup:
            break
    inner = max(1, math.ceil(BLOCK_MS * made / (passed * 1e3)))
    blocks = []
    start = time.perf_counter()
    while time.perf_counter() - start < options.seconds or len(blocks) < FEWEST_BLOCKS:
        block = time.perf_counter()
        for _ in range(inner):
            step()
        blocks.append((time.perf_counter() - block) * 1e3 / inner)
    blocks.sort()
    return blocks[len(blocks) // 2], blocks[0], len(blocks)


def digits(x):
    return float(f"{x:.5g}")


def measure_all(peer, version, cases, product):
    """Measures the cases asked for: functions from nothing to a step, and for gemm one from a size to a step."""
    tasks = []
    for name in options.case.split(","):
        if name == "gemm":
            for n in map(int, options.sizes.split(",")):
                tasks.append((f"gemm{n}", lambda n=n: product(n), 2 * n**3))
        else:
            tasks.append((name, cases.get(name), None))
    for name, prepare, work in tasks:
        line = {"peer": peer, "case": name, "threads": options.threads}
        if prepare is None:
            emit({**line, "error": "cannot be expressed"})
            continue
        step = prepare()
        if options.once:
            step()
            emit({"once": True, "peak_rss_mb": peak_mb()})
            sys.exit(0)
        median, best, samples = measure(step)
        line.update(
            steps_per_s=digits(1000 / median),
            ms_per_step=digits(median),
            ms_min=digits(best),
            samples=samples,
            rss_mb=peak_mb(),
            version=version,
        )
        if work is not None:
            line.update(gflops=round(work / median / 1e6, 2), gflops_best=round(work / best / 1e6, 2))
        emit(line)
