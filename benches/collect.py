#!/usr/bin/env python3
"""Measures `assize collect` against the fake Azure of the tests: requests, time, memory, the share of Azure's limits that is used.

    python3 benches/collect.py [CASE ...]      (default: all cases)

Builds the release binary and the test binary first. Prints one line of Markdown for each case. The fake and the collector share
the machine's processors.
"""
import json, os, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.chdir(ROOT)

# Name: servers, subscriptions, latency in milliseconds with Azure's limits enforced (None: no latency and no limits).
CASES = {
    "unlimited": (1000, 2, None),
    "limits-0ms": (1000, 2, 0),
    "limits-150ms": (1000, 2, 150),
    "10k-20": (833, 20, None),
    "100k-200": (8334, 200, None),
}

subprocess.run(["cargo", "build", "--release", "--quiet"], check=True)
built = subprocess.run(["cargo", "test", "--test", "it", "--no-run", "--message-format=json", "--quiet"],
                       check=True, capture_output=True, text=True).stdout
tests = [json.loads(line).get("executable") for line in built.splitlines() if '"name":"it"' in line]
tests = [t for t in tests if t][-1]

print("| case | resources | subscriptions | requests | requests / server | wall | CPU | peak memory | 429s | share of the rate |")
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
for name in sys.argv[1:] or CASES:
    servers, subscriptions, latency = CASES[name]
    env = dict(os.environ, ASSIZE_FAKE_SERVERS=str(servers), ASSIZE_FAKE_SUBSCRIPTIONS=str(subscriptions))
    if latency is not None:
        env["ASSIZE_FAKE_LATENCY"] = str(latency)
    fake = subprocess.Popen([tests, "fake::serve", "--ignored", "--nocapture"], env=env, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    line = next(l for l in fake.stdout if " takes the token " in l)
    origin, token = line[line.index("http"):].strip().split(" takes the token ")
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, ASSIZE_ALLOW_HTTP_ON_LOOPBACK="1", ASSIZE_ACCESS_TOKEN=token)
        before = time.monotonic()
        run = subprocess.Popen(["target/release/assize", "collect", "--arm-endpoint", origin, "--credential", "token",
                                "--policy", "azure.postgresql.*", "-o", os.path.join(folder, "s.jsonl")],
                               env=env, stderr=subprocess.PIPE, text=True)
        said = run.stderr.read()
        _, status, usage = os.wait4(run.pid, 0)
        wall = time.monotonic() - before
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(said)
    fake.stdin.close()
    end = next(l for l in fake.stdout if ", share " in l)
    fake.wait()
    resources, requests, throttled, share = (part.split()[0] for part in end.replace("share ", "").split(", "))
    share = share if latency is not None else "-"
    print(f"| {name} | {resources} | {subscriptions} | {requests} | {int(requests) / servers:.1f} | {wall:.1f} s | "
          f"{usage.ru_utime + usage.ru_stime:.1f} s | {usage.ru_maxrss / 1024:.0f} MiB | {throttled} | {share} |", flush=True)
