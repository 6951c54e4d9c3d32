/// A peer in the language of the shell, which every machine has. It is right unless its first argument
/// names a way to fail; its second one is a file that it leaves its process id in.
enum PeerScript {
    /// The text, for /bin/sh.
    static let text = #"""
        mode=$1
        if [ -n "$2" ]; then echo $$ > "$2"; fi
        field() { printf '%s' "$line" | sed "s/.*\"$1\":\"\{0,1\}\([^],\"}]*\).*/\1/"; }
        fail() { echo "cannot go on" >&2; exit 3; }
        while read -r line; do
            case $mode-$(field request) in
            mute-hello | deaf-run) sleep 1000 ;;
            dies-hello | dying-run) fail ;;
            missing-hello) echo '{"unavailable":"awk is missing: run setup"}' ;;
            babbling-hello) echo 'Hello!' ;;
            lost-run) echo '{"error":"no more data"}' ;;
            quick-run) echo '{"nanoseconds":0}' ;;
            narrow-load) echo '{"unsupported":"one size fits all"}' ;;
            short-gradient) echo '{"J":0.5,"dw":[],"db":0.5}' ;;
            two-hello)
                echo '{"protocol":1,"name":"awk","version":"awk 2","threads":'$(field threads)'}' ;;
            *-hello) echo '{"protocol":1,"name":"awk","version":"awk 1","threads":1}' ;;
            *-load)
                path=$(field path) m=$(field m) nx=$(field nx) size=8
                if [ "$(field scalar)" = float ]; then size=4; fi
                echo '{"ok":true}' ;;
            *-gradient)
                w=$(printf '%s' "$line" | sed 's/.*"w":\[\([^]]*\)\].*/\1/')
                od -An -v -t f$size "$path" | tr -s ' ' '\n' \
                    | awk -v m=$m -v nx=$nx -v w="$w" -v b=$(field b) -v mode=$mode '
                        function log1p(e, u) { u = 1 + e; return u == 1 ? e : log(u) * e / (u - 1) }
                        NF { v[n++] = $1 }
                        END {
                            split(w, p, ",")
                            for (i = 0; i < m; i++) {
                                z = b
                                for (j = 0; j < nx; j++) z += p[j + 1] * v[i * nx + j]
                                y = v[m * nx + i]; e = exp(z < 0 ? z : -z)
                                a = z < 0 ? e / (1 + e) : 1 / (1 + e)
                                s = y == 1 ? -z : z
                                J += (s > 0 ? s : 0) + log1p(e)
                                db += a - y
                                for (j = 0; j < nx; j++) dw[j] += (a - y) * v[i * nx + j]
                            }
                            if (mode == "wrong" || mode == "kinked" && w ~ /^[0,.]*$/) db = -db
                            printf "{\"J\":%.17g,\"db\":%.17g,\"dw\":[", J / m, db / m
                            for (j = 0; j < nx; j++) printf "%s%.17g", j ? "," : "", dw[j] / m
                            print "]}"
                        }' ;;
            *-run) echo '{"nanoseconds":'$(field steps)'000,"cpuNanoseconds":'$(field steps)'000}' ;;
            *) echo '{"ok":true}' ;;
            esac
        done
        """#
}
