#!/usr/bin/env python3
"""Measures `assize evaluate` from file to file, and its stages alone, on two threads: evaluation of estates of growing size with the full library: time, CPU, peak memory, and the ratio to
parsing the same file with serde_json alone, in the same run.

    python3 benches/scale.py [COPIES ...]        (default: 9 88 880 copies of the fixture bank)

Builds the release binary and the bench tool first. Prints one line of Markdown for each size.
"""
import glob, json, os, resource, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.chdir(ROOT)
copies = [int(a) for a in sys.argv[1:]] or [9, 88, 880]


def run(command):
    """Runs a command; gives its output, wall and CPU seconds and peak memory in MiB."""
    before = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        sys.exit(f"{command}: exit {code}\n{err}")
    return out, time.monotonic() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


subprocess.run(["cargo", "build", "--release", "--quiet"], check=True)
built = subprocess.run(
    ["cargo", "bench", "--bench", "evaluate", "--no-run", "--message-format=json", "--quiet"],
    check=True, capture_output=True, text=True,
).stdout
tool = [json.loads(line).get("executable") for line in built.splitlines() if '"evaluate"' in line]
tool = [t for t in tool if t][-1]
print("| resources | file | findings | wall | CPU | peak memory | parse only | wall / parse | read | evaluate | evaluate / parse |")
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
walls = []
with tempfile.TemporaryDirectory() as folder:
    for count in copies:
        snapshot, out = os.path.join(folder, "e.jsonl"), os.path.join(folder, "a.json")
        resources = int(run([tool, "write", str(count), snapshot])[0].split()[0])
        parse = min(float(run([tool, "parse", snapshot])[0].split()[0]) for _ in range(3))
        stages = min((tuple(map(float, run([tool, "stages", snapshot])[0].split()[:2])) for _ in range(3)), key=sum)
        best = None
        for _ in range(3):
            _, wall, cpu, memory = run(["target/release/assize", "evaluate", snapshot, "--config",
                                        "fixtures/bank/assize.yaml", "--at", "2026-11-01T06:00:00Z",
                                        "--threads", "2", "-o", out])
            if best is None or wall < best[0]:
                best = (wall, cpu, memory)
        with open(out) as f:
            listed = json.load(f)["summary"]["listed"]
        size = os.path.getsize(snapshot) / 1e6
        walls.append((resources, best[0]))
        print(f"| {resources:,} | {size:.0f} MB | {int(listed):,} | {best[0]:.2f} s | {best[1]:.2f} s | {best[2]:.0f} MiB | "
              f"{parse:.2f} s | {best[0] / parse:.1f} | {stages[0]:.2f} s | {stages[1]:.2f} s | {stages[1] / parse:.1f} |", flush=True)
for (small, before), (large, after) in zip(walls, walls[1:]):
    print(f"{large / small:.1f} times the resources cost {after / before:.1f} times the time")
