"""What a new SOP begins with: two lanes, three activities, everything there that an analyst then changes."""

from engine.diagram.layout import lay_out
from engine.diagram.model import Identity
from engine.diagram.write import write_bpmn
from engine.documents.sheet import Performer, Sheet, SheetRow
from engine.documents.to_diagram import to_process
from engine.documents.to_forms import to_forms

_PERFORMERS = (Performer("Pemohon", "pemohon", "pemohon"), Performer("Petugas", "pegawai"))
_ROWS = (
    SheetRow("1", "1", "Menyampaikan permohonan", "Pemohon", ("Surat permohonan",), "1 Hari", ("Permohonan",)),
    SheetRow("2", "2", "Memeriksa dan memproses permohonan", "Petugas", ("Permohonan",), "2 Hari", ("Hasil",)),
    SheetRow("3", "3", "Menyampaikan hasil kepada pemohon", "Petugas", ("Hasil",), "1 Hari", ("Hasil",)),
)


def start_template(key: str, name: str) -> tuple[bytes, dict[str, bytes]]:
    """The drawing of a new SOP and its forms by key."""
    process = to_process(Sheet(key, name, Identity(), _PERFORMERS, _ROWS))
    return write_bpmn(process, lay_out(process)), to_forms(process)
