#!/usr/bin/env bash
# Every check of the project, on a Debian machine that has Rust: installs what is missing, stops at the first section
# that fails and names it. Works in tests/.run and in cargo's target directory only.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$PWD/tests/.run
tools=$work/tools
mkdir -p "$work"
export PATH="$tools/bin:$work/node/node_modules/.bin:$PATH"
# Less to compile: nobody debugs here, or edits.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0
export CARGO_TERM_COLOR=never DEBIAN_FRONTEND=noninteractive NO_COLOR=1

section=start
section() {
    section=$1
    printf '\n=== %s (%s s) ===\n' "$1" "$SECONDS"
}
trap 'code=$?; kill $(jobs -p) 2>/dev/null || true
      ((code == 0)) || printf "\n=== FAILED in: %s ===\n" "$section"; exit "$code"' EXIT

# Waits for what ran in the background under that name, and shows what it said: all of it if it failed.
ended() {
    local failed=0
    wait "$2" || failed=$?
    if ((failed)); then cat "$work/$1.log"; else grep -E '^test result|passed|ok$' "$work/$1.log" | tail -n 40 || true; fi
    return "$failed"
}

has() { command -v "$1" >/dev/null; }

# The Debian packages named, where one of their programs is missing: `package:program`.
debian() {
    local missing=()
    for pair in "$@"; do has "${pair#*:}" || missing+=("${pair%%:*}"); done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        echo "missing, and only root can install them: ${missing[*]}" >&2
        return 1
    fi
    apt-get update -qq
    # No server is started because it was installed: the tests start their own.
    local policy=/usr/sbin/policy-rc.d
    if [[ -e $policy ]]; then policy=; else printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; fi
    local installed=0
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$work/apt.log" || installed=$?
    [[ -z $policy ]] || rm "$policy"
    ((installed == 0)) || { cat "$work/apt.log"; return 1; }
}

# Node 20 is what the browser driver needs; Debian's may be older.
node20() {
    node -e 'process.exit(Number.parseInt(process.versions.node) < 20 ? 1 : 0)' && return
    npm install --silent --no-save --prefix "$work/node" node@22
}

section "programs"
debian nodejs:node chromium:chromium firefox-esr:firefox-esr curl:curl nginx:nginx
has npm || debian npm:npm
node20
has pip3 || debian python3-pip:pip3
# The newest wheel has the program, which takes minutes to compile.
if ! has typos; then
    pip3 download --quiet --disable-pip-version-check --no-deps --dest "$work/typos" typos==1.52.0
    python3 -m zipfile -e "$work"/typos/*.whl "$work/typos"
    install -D "$work"/typos/*.data/scripts/typos "$tools/bin/typos"
fi
# The scripts of Sijax as they were released, to be tried as they stand.
sijax=$work/sijax/Sijax-0.3.2
if ! [[ -d $sijax ]]; then
    pip3 download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
        --dest "$work/sijax" Sijax==0.3.2
    tar -xzf "$sijax.tar.gz" -C "$work/sijax"
fi
# What an editor's server reads of the standard library. Where rustup cannot fetch it, that one test is left out.
left_out=()
if ! rustup component add rust-analyzer rust-src; then
    left_out=(--skip an_editor_finds_its_way)
    echo "LEFT OUT: the editor's test, since rustup cannot fetch rust-analyzer and rust-src"
fi
# Prototype, for the page of Grizzly's counter.
[[ -f /usr/share/javascript/prototype/prototype.js ]] || debian libjs-prototype:libjs-prototype
for package in assets tests/browser; do npm ci --silent --no-audit --no-fund --prefix "$package"; done

section "formatting"
cargo fmt --all --check

section "spelling"
typos

section "clippy"
cargo clippy --workspace --all-targets --all-features --quiet -- -D warnings

section "documentation"
RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps --workspace --quiet

# What has a build of its own runs beside the tests, which leave a core free most of the time.
beside() {
    RUSTFLAGS="--cfg comet_loom" cargo test --package comet-runtime --lib --target-dir target/loom interleavings
    # Unoptimised: they run for seconds, and would take minutes to compile.
    for tool in cargo-deny cargo-machete; do
        has "$tool" || cargo install --debug --locked --quiet --root "$tools" "$tool"
    done
    # Advisories are not among the checks: their database is a git repository that a closed network cannot fetch.
    cargo deny --log-level error check --hide-inclusion-graph bans licenses sources
    cargo machete --with-metadata
}
beside >"$work/beside.log" 2>&1 &
beside=$!

section "tests"
cargo test --workspace

section "interleavings, dependencies"
ended beside "$beside"

section "browser client"
cargo build --quiet --bins
# Beside the browsers, which wait most of the time. Not the documentation's examples: `ignore` means there that they
# cannot compile on their own.
cargo test --workspace --lib --bins --tests -- --ignored "${left_out[@]}" >"$work/longer.log" 2>&1 &
longer=$!
npm run --silent --prefix assets check
npm test --silent --prefix assets

section "browser"
npm test --silent --prefix tests/browser

section "tests that take longer, or need programs"
ended longer "$longer"

printf '\n=== all sections passed in %s s ===\n' "$SECONDS"
