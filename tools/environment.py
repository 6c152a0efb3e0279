"""Make the environment of the project from the hashed lists: ``environment.py runtime`` or ``… dev``.

Needs Python 3.11 or newer and nothing else. Every package is pinned and checked by hash.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / ".venv"


def main(which: str) -> int:
    if sys.version_info < (3, 11):
        print(
            f"Cần Python 3.11 trở lên; máy này có {sys.version.split()[0]}. "
            "Hãy cài Python mới hơn rồi chạy: make run PYTHON=python3.12\n"
            "Python 3.11 or newer is needed: make run PYTHON=python3.12",
            file=sys.stderr,
        )
        return 2
    if not (HERE / "bin" / "python").exists():
        print(
            "Đang tạo môi trường Python (một lần) / making the Python environment (once) …",
            flush=True,
        )
        venv.create(HERE, with_pip=True, clear=HERE.exists())
    print("Đang cài các gói đã khóa phiên bản / installing the locked packages …", flush=True)
    command = [
        str(HERE / "bin" / "python"), "-m", "pip", "install", "--quiet",
        "--disable-pip-version-check", "--no-deps", "--require-hashes",
        "-r", str(ROOT / "requirements" / f"{which}.txt"),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        print(
            "Không cài được gói. Máy cần tới được kho gói Python một lần. / "
            "Packages could not be installed: the machine must reach a Python package index once.",
            file=sys.stderr,
        )
        return done.returncode
    site = next((HERE / "lib").glob("python3*/site-packages"))
    (site / "thongsuot.pth").write_text(f"{ROOT / 'src'}{os.linesep}", encoding="utf-8")
    command_file = HERE / "bin" / "thongsuot"
    command_file.write_text(
        f"#!{HERE / 'bin' / 'python'}\nimport sys\nfrom thongsuot.cli import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    command_file.chmod(0o755)
    (HERE / "runtime").touch()
    if which == "dev":
        (HERE / "dev").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "runtime"))
