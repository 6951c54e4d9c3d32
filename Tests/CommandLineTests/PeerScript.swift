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
            sudden-run) echo '{"nanoseconds":1}' ;;
            twice-run) echo '{"nanoseconds":'$(field steps)'000}'; echo '{"nanoseconds":1000}' ;;
            wordy-load) head -c 200000 /dev/zero | tr '\0' x | sed 's/^/{"error":"\\u001b[31m/; s/$/"}/'; echo ;;
            noisy-load) head -c 200000 /dev/zero >&2; echo '{"error":"all said"}' ;;
            leaving-run) setsid sleep 600 & echo '{"nanoseconds":'$(field steps)'000}' ;;
            formula-hello) echo '{"protocol":1,"name":"=1+1","version":"awk 1","threads":1}' ;;
            narrow-load) echo '{"unsupported":"one size fits all"}' ;;
            short-gradient) echo '{"J":0.5,"dw":[],"db":0.5}' ;;
            two-hello)
                echo '{"protocol":1,"name":"awk","version":"awk 2","threads":'$(field threads)'}' ;;
            network-hello | no-slope-hello)
                echo '{"protocol":1,"name":"awk","version":"awk 1","threads":1,"networks":true}' ;;
            *-hello) echo '{"protocol":1,"name":"awk","version":"awk 1","threads":1}' ;;
            *-load)
                path=$(field path) m=$(field m) nx=$(field nx) size=8
                if [ "$(field scalar)" = float ]; then size=4; fi
                hidden= activation=$(field activation)
                case $line in *'"hidden"'*) hidden=$(printf '%s' "$line" | sed 's/.*"hidden":\[\([^]]*\).*/\1/') ;; esac
                echo '{"ok":true}' ;;
            network-gradient | no-slope-gradient)
                w=$(printf '%s' "$line" | sed 's/.*"w":\[\([^]]*\)\].*/\1/')
                od -An -v -t f$size "$path" | tr -s ' ' '\n' \
                    | awk -v m=$m -v widths="$nx${hidden:+,$hidden},1" -v w="$w,$(field b)" \
                        -v g="$activation" -v mode=$mode '
                        function log1p(e, u) { u = 1 + e; return u == 1 ? e : log(u) * e / (u - 1) }
                        function sigmoid(z, e) { e = exp(z < 0 ? z : -z); return (z < 0 ? e : 1) / (1 + e) }
                        # 1 - 2/(1 + e^2z) loses the digits of a small z, where a series has them.
                        function tanh(z, q) {
                            if (z < 0) return -tanh(-z)
                            if (z > 0.3) return 1 - 2 / (1 + exp(2 * z))
                            q = z * z
                            return z / (1 + q / (3 + q / (5 + q / (7 + q / (9 + q / (11 + q / 13))))))
                        }
                        function value(z) {
                            if (g == "sigmoid") return sigmoid(z)
                            if (g == "tanh") return tanh(z)
                            return z > 0 || g == "linear" ? z : g == "leaky" ? 0.01 * z : 0
                        }
                        function slope(a) {
                            if (g == "sigmoid") return a * (1 - a)
                            if (g == "tanh") return 1 - a * a
                            return a > 0 || g == "linear" ? 1 : g == "leaky" ? 0.01 : 0
                        }
                        NF { v[n++] = $1 }
                        END {
                            count = split(w, p, ","); layers = split(widths, width, ",") - 1
                            for (l = 1; l <= layers; l++) {
                                start[l] = at; bias[l] = at + width[l] * width[l + 1]; at = bias[l] + width[l + 1]
                            }
                            for (i = 0; i < m; i++) {
                                for (k = 0; k < width[1]; k++) a[1, k] = v[i * width[1] + k]
                                for (l = 1; l <= layers; l++)
                                    for (u = 0; u < width[l + 1]; u++) {
                                        z = p[bias[l] + u + 1]
                                        for (k = 0; k < width[l]; k++) z += p[start[l] + u * width[l] + k + 1] * a[l, k]
                                        a[l + 1, u] = l < layers ? value(z) : sigmoid(z)
                                    }
                                y = v[m * width[1] + i]; s = y == 1 ? -z : z
                                J += (s > 0 ? s : 0) + log1p(exp(z < 0 ? z : -z))
                                dz[layers, 0] = a[layers + 1, 0] - y
                                for (l = layers; l >= 1; l--) {
                                    for (k = 0; k < width[l] && l > 1; k++) {
                                        sum = 0
                                        for (u = 0; u < width[l + 1]; u++)
                                            sum += p[start[l] + u * width[l] + k + 1] * dz[l, u]
                                        dz[l - 1, k] = mode == "no-slope" ? sum : sum * slope(a[l, k])
                                    }
                                    for (u = 0; u < width[l + 1]; u++) {
                                        d[bias[l] + u + 1] += dz[l, u]
                                        for (k = 0; k < width[l]; k++)
                                            d[start[l] + u * width[l] + k + 1] += dz[l, u] * a[l, k]
                                    }
                                }
                            }
                            printf "{\"J\":%.17g,\"db\":%.17g,\"dw\":[", J / m, d[count] / m
                            for (j = 1; j < count; j++) printf "%s%.17g", (j == 1 ? "" : ","), d[j] / m
                            print "]}"
                        }' ;;
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
