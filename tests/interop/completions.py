#!/usr/bin/env python3
"""Completion in real shells: bash, zsh, fish and elvish are started and asked for candidates, with the sandbox as the service.

    completions.py PROGRAM
"""

import contextlib
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = Path(sys.argv[1]).resolve()
OPEN = "h-exampleopen111"

BASH = r"""
source "$SCRIPT"
complete -p orgshake >/dev/null || exit 3
COMP_LINE=$LINE COMP_POINT=${#LINE} COMP_TYPE=9 COMP_KEY=9
# As Readline tears words: at blanks, and = and : are words of their own.
mapfile -t COMP_WORDS < <(python3 -c '
import re, sys
line = sys.argv[1]
words = re.findall(r"[=:]+|[^\s=:]+", line)
if not line or line[-1].isspace(): words.append("")
print("\n".join(words))' "$LINE")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
function=$(complete -p orgshake | sed 's/.*-F \([^ ]*\).*/\1/')
$function orgshake "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""


# Behind the letter that tells them apart, names that a shell could take for something else. A program `run` tells on whoever runs it.
NAMES = ["a`run`", "b`run x`y", "c$(run x)", 'd"; run x; "', "e'; run x; '", "f;run", "g&run&", "h|run", "i(run)", "j>run<", "k two words",
         "l\\ \\\\", "m!!run!r \"!'", "n~#", "o*?[a]", "p{a,b}", "q=a=b", "r:a:b", "s@a@b", "té日", "u$HOME${HOME}$", "v$'a'", "w%n^a^",
         "x'", 'y"', "z,-x", "A(run)", "B %{x%}"]
UNSEEN = ["Z\nrun", "Z\x1b[31m", "Z\tx", "Z\u202ex"]

# What makes each shell write a dot at every prompt, and its line when Ctrl-X is typed.
RC = {
    "zsh": """autoload -Uz compinit; compinit -u -D; setopt nobeep; precmd() { print -n . >>~/prompts }
tell() { print -rn -- "$BUFFER" >~/line.new; mv ~/line.new ~/line }; zle -N tell; bindkey '^X' tell; source ~/script
""",
    "fish": """function fish_prompt; echo '$ '; end; function fish_greeting; end; set -g fish_autosuggestion_enabled 0
function ready --on-event fish_prompt; echo -n . >>~/prompts; end
bind \\cx 'commandline >~/line.new; mv ~/line.new ~/line'; source ~/script
""",
    "elvish": """set edit:before-readline = [{ print . >>~/prompts }]
fn tell { print $edit:current-command >~/line.new; e:mv ~/line.new ~/line }
set edit:insert:binding[Ctrl-X] = $tell~
set edit:completion:binding[Ctrl-X] = { edit:completion:accept; tell }
eval (slurp <~/script)
""",
}
START = {
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i", "-C", "source ~/rc"],
    "elvish": ["elvish", "-rc", "rc"],
}


class Typist:
    """A shell at a terminal in a home of its own. `orgshake` there completes, and otherwise writes down its words."""

    def __init__(self, shell, files, profiles):
        self.home = Path(tempfile.mkdtemp())
        for name in [".aws", "bin", "cwd"]:
            (self.home / name).mkdir()
        for file in files:
            (self.home / "cwd" / file).touch()
        (self.home / ".aws" / "config").write_text("".join(f"[profile {name}]\n" for name in profiles), encoding="utf-8")
        self.tool("run", f"touch '{self.home}/ran'")
        self.tool("orgshake", f"""if [ -n "$ORGSHAKE_COMPLETE" ]; then exec '{PROGRAM}' "$@"; fi
for word; do printf '%s\\0' "$word"; done >'{self.home}/words.new'; mv '{self.home}/words.new' '{self.home}/words'""")
        script = subprocess.run([PROGRAM, "completion", shell, "--dynamic"], stdout=subprocess.PIPE, check=True).stdout
        (self.home / "script").write_bytes(script)
        (self.home / "rc").write_text(RC[shell], encoding="utf-8")
        environment = {"HOME": str(self.home), "PATH": f"{self.home}/bin:{os.environ['PATH']}", "TERM": "xterm", "LC_ALL": "C.UTF-8",
                       "AWS_EC2_METADATA_DISABLED": "true", "XDG_RUNTIME_DIR": str(self.home)}
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(self.home if shell == "elvish" else self.home / "cwd")
            os.execvpe(START[shell][0], START[shell], environment)
        self.shown, self.prompts = b"", 0
        if shell == "zsh":
            self.types("source ~/rc\r")
        self.prompt()
        if shell == "elvish":
            self.types("cd cwd\r")
            self.prompt()

    def tool(self, name, text):
        (self.home / "bin" / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (self.home / "bin" / name).chmod(0o755)

    def types(self, keys):
        os.write(self.terminal, keys.encode())

    def until(self, what, done):
        end = time.monotonic() + 60
        while not done():
            assert time.monotonic() < end, f"no {what}: {self.shown.decode(errors='replace')}"
            if select.select([self.terminal], [], [], 0.01)[0]:
                self.shown += os.read(self.terminal, 65536)

    def prompt(self):
        """Waits for a prompt that wasn't there before."""
        prompts = self.home / "prompts"
        self.until("prompt", lambda: prompts.exists() and prompts.stat().st_size > self.prompts)
        self.prompts = prompts.stat().st_size

    def line(self, keys):
        """The line as it stands when these keys are typed."""
        self.types(keys + "\x18")
        path = self.home / "line"
        self.until("line", path.exists)
        line = path.read_text(encoding="utf-8").removesuffix("\n")
        path.unlink()
        return line

    def last(self, keys):
        """The last word that the program gets when these keys and Enter are typed."""
        line = self.line(keys)
        self.types("\r")
        words = self.home / "words"
        self.until(f"words of {line!r}", words.exists)
        self.prompt()
        last = words.read_text(encoding="utf-8").split("\0")[-2]
        words.unlink()
        assert not (self.home / "ran").exists(), f"run: {line!r}"
        return last

    def close(self):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
        shutil.rmtree(self.home)


def check_names(shell):
    """What is completed arrives as it is called, and isn't run."""
    # What may be a secret on the line of a section isn't offered.
    profiles = [name for name in NAMES if not set(name) & set("=:]")]
    typist = Typist(shell, NAMES + UNSEEN, profiles + ["Zx\x1b[31m"])
    try:
        for quote in ["", '"', "'"]:
            for name in NAMES:
                for before in ["accept-handshake --handshake-id {}file://", "--ca-bundle={}" if not quote else "--ca-bundle {}"]:
                    found = typist.last(f"orgshake {before.format(quote)}{name[0]}\t")
                    expected = f"file://{name}" if "file" in before else f"--ca-bundle={name}" if not quote else name
                    assert found == expected, f"{shell}, {quote}: {found!r} is not {expected!r}"
            for name in profiles:
                found = typist.last(f"orgshake --profile {quote}{name[0]}\t")
                assert found == name, f"{shell}, {quote}: {found!r} is not {name!r}"
            print(f"ok: {shell}: {len(NAMES)} names of files and profiles behind {quote or 'no quote'}")
        for typed in ["orgshake --ca-bundle Z", "orgshake --profile Z", "orgshake --sandbox accept-handshake --handshake-id h-zzz"]:
            found = typist.line(f"{typed}\t")
            assert found == typed, f"{shell}: {found!r} is not {typed!r}"
            typist.types("\x15")
        print(f"ok: {shell}: what has control characters isn't offered, and what fits nothing stays")
    finally:
        typist.close()


def check_process(shell):
    """A credential_process that Tab starts gets nothing of what is typed, and doesn't stay."""
    typist = Typist(shell, [], [])
    try:
        (typist.home / ".aws" / "config").write_text("[default]\ncredential_process = keys\n")
        typist.tool("keys", f"""echo $$ >'{typist.home}/process'; echo 'Your code?' >/dev/tty
read -r line && touch '{typist.home}/stolen'; read -r line </dev/tty && touch '{typist.home}/stolen'; sleep 1000""")
        typist.types("orgshake accept-handshake --endpoint-url http://127.0.0.1:1 --handshake-id \t")
        process = typist.home / "process"
        typist.until("process", lambda: process.exists() and process.read_text())
        found = typist.last("\x15orgshake typed")
        assert found == "typed" and not (typist.home / "stolen").exists(), f"{shell}: {found!r}"
        assert b"code" not in typist.shown, typist.shown
        # One that nobody has waited for yet has ended, too.
        state = Path("/proc", process.read_text().strip(), "stat")

        def ended():
            try:
                return ") Z " in state.read_text()
            except OSError:
                return True

        typist.until("end", ended)
        print(f"ok: {shell}: a credential_process has no terminal and ends")
    finally:
        typist.close()


class Place:
    """A home, the program on the PATH, and the sandbox behind an endpoint URL."""

    def __init__(self, directory):
        self.home = Path(directory)
        (self.home / "bin").mkdir()
        (self.home / "bin" / "orgshake").symlink_to(PROGRAM)
        (self.home / ".aws").mkdir()
        (self.home / ".aws" / "config").write_text("[default]\n[profile test one]\n[profile other]\n")
        (self.home / "request one.json").write_text("{}")
        self.environment = {
            "HOME": directory,
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self.sandbox = subprocess.Popen(
            ["orgshake", "sandbox", "serve"], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for line in self.sandbox.stdout:
            for part in line.replace("export ", "").replace(";", " ").split():
                name, is_set, value = part.partition("=")
                if is_set:
                    self.environment[name] = value.strip("'\"")
        # The profiles of this home.
        del self.environment["AWS_CONFIG_FILE"], self.environment["AWS_SHARED_CREDENTIALS_FILE"]
        self.environment["AWS_ACCESS_KEY_ID"] = "444444444444"
        self.environment["AWS_SECRET_ACCESS_KEY"] = "sandbox"

    @contextlib.contextmanager
    def caller(self, account):
        before = self.environment["AWS_ACCESS_KEY_ID"]
        self.environment["AWS_ACCESS_KEY_ID"] = account
        yield
        self.environment["AWS_ACCESS_KEY_ID"] = before

    def run(self, words, **variables):
        done = subprocess.run(
            words, env=self.environment | variables, cwd=self.home, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert not done.stderr, f"{words}: {done.stderr}"
        return done.stdout

    def script(self, shell, *options):
        path = self.home / f"script.{shell}{len(options)}"
        path.write_text(self.run(["orgshake", "completion", shell, *options]))
        return str(path)

    def bash(self, line, *options):
        told = self.run(["bash", "--norc", "-c", BASH], SCRIPT=self.script("bash", *options), LINE=line)
        return told.splitlines()

    def fish(self, line, *options):
        script = self.script("fish", *options)
        told = self.run(["fish", "--no-config", "-c", f"source {script}; complete -C $LINE"], LINE=line)
        return told.splitlines()

    def zsh(self, line, *options):
        """What zsh lists when the line is typed at its prompt and Tab is pressed."""
        script = self.script("zsh", *options)
        setup = (
            "autoload -Uz compinit; compinit -u -D; PS1='READY> '; LISTMAX=1000; zstyle ':completion:*' list-prompt '';"
            "setopt nobeep autolist noautomenu; unsetopt listambiguous listpacked; stty columns 200 rows 200; "
            f"source {script}; print -r -- SET''UP\n"
        )
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.home)
            os.execvpe("zsh", ["zsh", "-f", "-i"], self.environment)
        told = b""

        def until(done, seconds=30):
            nonlocal told
            end = time.monotonic() + seconds
            while time.monotonic() < end and not done():
                if select.select([terminal], [], [], 0.1)[0]:
                    told += os.read(terminal, 65536)
            assert done(), f"zsh, {line!r}: {told.decode(errors='replace')}"

        try:
            os.write(terminal, setup.encode())
            until(lambda: b"\r\nSETUP" in told)
            told = b""
            # Ctrl-X S says that the completion before it has ended: the line editor takes keys in turn.
            os.write(terminal, b"ended() { zle -M FIN''ISHED }; zle -N ended; bindkey '^Xs' ended\r")
            until(lambda: b"READY> " in told)
            told = b""
            os.write(terminal, line.encode() + b"\t\x18s")
            until(lambda: b"FINISHED" in told)
            return told.decode(errors="replace")
        finally:
            os.write(terminal, b"\x03\x04")
            os.close(terminal)
            os.kill(pid, 9)
            os.waitpid(pid, 0)

    def close(self):
        if self.sandbox.poll() is None:
            self.sandbox.terminate()
            self.sandbox.communicate(timeout=30)


def check(what, found, has=(), lacks=()):
    for part in has:
        assert part in found, f"{what}: no {part!r} in {found!r}"
    for part in lacks:
        assert part not in found, f"{what}: {part!r} in {found!r}"
    print(f"ok: {what}")


def check_bash(place):
    dynamic = ("--dynamic",)
    check("bash, static: commands", place.bash("orgshake acc"), ["accept-handshake"])
    check("bash: commands", place.bash("orgshake acc", *dynamic), ["accept-handshake"], ["cancel-handshake"])
    check("bash: behind organizations", place.bash("orgshake organizations acc", *dynamic), ["accept-handshake"])
    check("bash: options", place.bash("orgshake accept-handshake --hand", *dynamic), ["--handshake-id"])
    check("bash: ids", place.bash("orgshake accept-handshake --handshake-id ", *dynamic), [OPEN], ["h-examplecanceled111"])
    check("bash: ids behind =", place.bash("orgshake accept-handshake --handshake-id=h-", *dynamic), [OPEN])
    check("bash: values behind =", place.bash("orgshake --output=ya", *dynamic), ["yaml", "yaml-stream"], ["json"])
    check("bash: regions", place.bash("orgshake --region us-gov-", *dynamic), ["us-gov-west-1"], ["us-east-1"])
    check("bash: profiles", place.bash("orgshake --profile te", *dynamic), [r"test\ one"], ["other"])
    line = "orgshake invite-account-to-organization --target Id=juan@example.com,Type=E"
    check("bash: types in shorthand", place.bash(line, *dynamic), ["EMAIL"])
    line = "orgshake accept-handshake --cli-input-json file://req"
    check("bash: files", place.bash(line, *dynamic), [r"//request\ one.json"])


def check_fish(place):
    dynamic = ("--dynamic",)
    named = [line.partition("\t")[0] for line in place.fish("orgshake acc")]
    check("fish, static: commands", named, ["accept-handshake"])
    static = lambda line: [told.partition("\t")[0] for told in place.fish(line)]
    formats = ["json", "text", "table", "yaml", "yaml-stream", "off"]
    for command in ["", "accept-handshake ", "organizations accept-handshake "]:
        check(f"fish, static: values of {command}--output", sorted(static(f"orgshake {command}--output ")), sorted(formats))
    check("fish, static: shells", static("orgshake completion "), ["bash", "zsh", "fish"], ["request one.json"])
    check("fish, static: commands after organizations", static("orgshake organizations acc"), ["accept-handshake"])
    check("fish, static: options after organizations", static("orgshake --debug organizations --sandbox accept-handshake --hand"), ["--handshake-id"])
    check("fish, static: no files for ids", static("orgshake accept-handshake --handshake-id "), [], ["request one.json"])
    check("fish, static: files", static("orgshake --ca-bundle req"), ["request one.json"])
    check("fish, static: files for other commands", static("orgshake sandbox exec -- cat req"), ["request one.json"])
    ids = place.fish("orgshake accept-handshake --handshake-id ", *dynamic)
    check("fish: ids", [line.partition("\t")[0] for line in ids], [OPEN], ["h-examplecanceled111"])
    what = dict(line.split("\t") for line in ids)[OPEN]
    check("fish: what they are", what, ["444444444444", "o-exampleorgid", "INVITE OPEN until 20"])
    check("fish: profiles", place.fish("orgshake --profile te", *dynamic), ["test one"], ["other"])
    line = "orgshake invite-account-to-organization --target Id=juan@example.com,Type=E"
    check("fish: types in shorthand", place.fish(line, *dynamic), ["Id=juan@example.com,Type=EMAIL"])
    line = "orgshake accept-handshake --cli-input-json file://req"
    check("fish: files", place.fish(line, *dynamic), ["file://request one.json"])
    line = "orgshake accept-handshake --endpoint-url http://127.0.0.1:1 --handshake-id "
    check("fish: no service, no word", place.fish(line, *dynamic), [], [OPEN])


def check_zsh(place):
    dynamic = ("--dynamic",)
    check("zsh, static: commands", place.zsh("orgshake acc"), ["ept-handshake"])
    check("zsh, static: commands after organizations", place.zsh("orgshake organizations acc"), ["ept-handshake"])
    check("zsh, static: options after organizations", place.zsh("orgshake organizations accept-handshake --hand"), ["shake-id"])
    check("zsh, static: no files for ids", place.zsh("orgshake accept-handshake --handshake-id req"), [], ["uest"])
    check("zsh, static: files", place.zsh("orgshake --ca-bundle req"), ["uest"])
    check("zsh: commands", place.zsh("orgshake acc", *dynamic), ["ept-handshake"])
    line = "orgshake accept-handshake --handshake-id h-ex"
    check("zsh: the only id", place.zsh(line, *dynamic), ["ampleopen111"])
    with place.caller("111111111111"):
        told = place.zsh("orgshake cancel-handshake --handshake-id ", *dynamic)
    check("zsh: ids and what they are", told, [OPEN, "444444444444", "INVITE OPEN until 20"], ["h-examplecanceled111"])
    check("zsh: values behind =", place.zsh("orgshake --output=tab", *dynamic), ["le"])
    check("zsh: regions", place.zsh("orgshake --region us-", *dynamic), ["us-gov-west-1", "us-east-1"])
    check("zsh: profiles", place.zsh("orgshake --profile te", *dynamic), [r"st\ one"])


def check_cache(place):
    files = list((place.home / ".cache" / "orgshake").iterdir())
    check("cache: files there are", [bool(files)], [True])
    for file in files:
        check(f"cache: {file.name} is private", oct(file.stat().st_mode), ["600"])
        check("cache: no key in it", file.read_text(), [], ["sandbox"])
    with place.caller("222222222222"):
        others = place.fish("orgshake accept-handshake --handshake-id ", "--dynamic")
    check("cache: another caller has another answer", "\n".join(others), ["h-examplehandshakeid111"], [OPEN])
    place.close()
    # As if the service had just told it, however slow this machine is.
    for file in files:
        os.utime(file)
    known = place.fish("orgshake accept-handshake --handshake-id ", "--dynamic")
    check("cache: the answer serves without the service", "\n".join(known), [OPEN])
    for file in files:
        os.utime(file, (time.time() - 60, time.time() - 60))
    known = place.fish("orgshake accept-handshake --handshake-id ", "--dynamic")
    check("cache: but not for long", known, [], [OPEN])


def main():
    missing = [shell for shell in ("bash", "zsh", "fish", "elvish") if not shutil.which(shell)]
    if missing:
        sys.exit(f"not tested: there is no {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as directory:
        place = Place(directory)
        try:
            check_bash(place)
            check_fish(place)
            check_zsh(place)
            check_cache(place)
            for shell in START:
                check_names(shell)
                check_process(shell)
        finally:
            place.close()


if __name__ == "__main__":
    main()
