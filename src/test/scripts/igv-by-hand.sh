#!/bin/bash
# A picture of igv.js with scores and hits in it, by hand: needs igv.min.js (npm package igv), python3 and Chromium.
#   igv-by-hand.sh IGV.min.js GENOME.fa LOCUS PICTURE.png TRACK...    # tracks: .bw, .bedgraph, .bed; GENOME.fa.fai lies beside GENOME.fa
set -e
IGV=$1 GENOME=$2 LOCUS=$3 PICTURE=$(realpath -m "$4"); shift 4
SITE=$(mktemp -d); trap 'kill $SERVER 2>/dev/null; rm -rf "$SITE"' EXIT
cp "$IGV" "$SITE/igv.js"; cp "$GENOME" "$SITE/genome.fa"; cp "$GENOME.fai" "$SITE/genome.fa.fai"; cp "$@" "$SITE"
TRACKS=
for t in "$@"; do n=$(basename "$t"); TRACKS="$TRACKS{name: '$n', url: '$n', height: 90, displayMode: 'EXPANDED'},"; done
cat > "$SITE/index.html" <<H
<!doctype html><script src="igv.js"></script><div id="d"></div><pre id="log"></pre><script>
igv.createBrowser(document.getElementById('d'), {locus: '$LOCUS', tracks: [$TRACKS],
  reference: {id: 'genome', fastaURL: 'genome.fa', indexURL: 'genome.fa.fai'}})
  .then(() => log.textContent = 'igv.js ' + igv.version(), e => log.textContent = e);
</script>
H
cat > "$SITE/serve.py" <<'P'
import http.server, os, re, sys
class Ranges(http.server.SimpleHTTPRequestHandler):  # genome browsers ask for parts of files
    def do_GET(self):
        file, asked = self.translate_path(self.path.split("?")[0]), re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not asked or not os.path.isfile(file):
            return super().do_GET()
        size = os.path.getsize(file)
        first, last = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
        self.send_response(206)
        for head, value in {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": last - first + 1, "Accept-Ranges": "bytes"}.items():
            self.send_header(head, str(value))
        self.end_headers()
        with open(file, "rb") as f:
            f.seek(first)
            self.wfile.write(f.read(last - first + 1))
    def log_message(self, *words): pass
os.chdir(os.path.dirname(os.path.abspath(__file__)))
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ranges)
print(server.server_port, flush=True)
server.serve_forever()
P
python3 "$SITE/serve.py" > "$SITE/port" & SERVER=$!
until [ -s "$SITE/port" ]; do sleep 0.1; done
chromium --headless --no-sandbox --disable-gpu --window-size=1200,700 --virtual-time-budget=60000 --screenshot="$PICTURE" "http://127.0.0.1:$(cat "$SITE/port")/index.html"
