"""The command line `alur`: collects the commands of the `cli_*` modules. No job logic."""

import click

from scripts import (
    cli_backup,
    cli_definitions,
    cli_documents,
    cli_feel,
    cli_history,
    cli_people,
    cli_server,
    cli_simulation,
    cli_work,
)

MODULES = (
    cli_server, cli_definitions, cli_work, cli_history, cli_documents, cli_simulation, cli_feel, cli_people,
    cli_backup,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    """Alur menjalankan SOP pemerintah daerah dari diagramnya."""


for module in MODULES:
    for command in module.COMMANDS:
        main.add_command(command)

if __name__ == "__main__":
    main()
