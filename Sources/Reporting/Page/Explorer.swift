import Foundation
import Measurement

/// The part of a page that shows any cell: one chooses the problem, the scalar, threads and sizes, and the ladder, the
/// table and the growth follow. Where no script runs, it is not there.
enum Explorer {
    /// The section, with its data and its script.
    static func html(_ data: String) -> String {
        """
        <details class="section" id="explorer" hidden="hidden">
        <summary><h3 id="explore-heading">Explore</h3> <span>Any cell: its ladder, its growth, its numbers.</span></summary>
        <section id="explore" aria-labelledby="explore-heading">
        <form id="choice"></form>
        <p id="cell" aria-live="polite"></p>
        <div class="figures" id="growths"></div>
        <div class="scroll" role="region" aria-label="The ladder of this cell" tabindex="0"><table id="rows"></table></div>
        </section>
        </details>
        <script type="application/json" id="numbers">\(data)</script>
        <script>\(script)</script>
        """
    }

    // MARK: - Data

    /// The script's input: the ladders and the peers by name, and the times and factors of each cell, numbers with
    /// four digits. Nil where nothing was timed.
    static func data(of results: Results) -> String? {
        let cells = results.cells.filter { !$0.timed.isEmpty }
        guard !cells.isEmpty else { return nil }
        var ladders: [String: [Entry]] = [:]
        let largest = results.largestCell?.cell
        for problem in Cell.ProblemKind.allCases {
            let some = cells.filter { $0.cell.problem == problem }
            let looks = Looks(some.flatMap { $0.rungs.map { $0.rung } })
            var seen: Set<String> = []
            ladders[problem.rawValue] = some.flatMap { cell in
                cell.rungs.map { Entry($0, looks[$0.rung].hue) } + cell.peers.map { Entry($0, .grey) }
            }.filter { seen.insert($0.name).inserted }
        }
        let content = Content(
            ladders: ladders, cells: cells.map(CellNumbers.init),
            largest: cells.firstIndex { $0.cell == largest } ?? 0)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let text = (try? encoder.encode(content)).map({ String(decoding: $0, as: UTF8.self) }) else {
            return nil
        }
        // Nothing in it can end the element, or be markup. By scalars, since a sign with an accent on it is a character
        // that equals no sign.
        return text.unicodeScalars.reduce(into: "") { safe, scalar in
            if "<>&\u{FFFE}\u{FFFF}".unicodeScalars.contains(scalar) {
                safe += "\\u" + String(format: "%04x", scalar.value)
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
    }

    private struct Content: Encodable {
        let ladders: [String: [Entry]]
        let cells: [CellNumbers]
        let largest: Int
    }

    private struct Entry: Encodable {
        let name: String
        let after: String?
        let idea: String
        /// Whether it makes the step of rounded data.
        let rounds: Bool
        let hue: String

        init(_ rung: RungResult, _ hue: Look.Hue) {
            (name, after, idea) = (rung.rung, rung.after, rung.idea)
            (rounds, self.hue) = (rung.storage != .scalar, hue.rawValue)
        }
    }

    private struct CellNumbers: Encodable {
        let problem, data, network, scalar, reference: String
        let threads, m, nx: Int
        /// By name: nanoseconds of a step with the ends of their interval, the factor over the reference, and the factor over
        /// the rung that it builds on with the ends of its; the ends are the median where there are no intervals.
        let rungs, peers: [String: [Double]]

        init(_ result: CellResult) {
            let cell = result.cell
            (problem, data, scalar) = (cell.problem.rawValue, cell.data ?? "", cell.scalar.rawValue)
            network = cell.problem == .network ? "\(cell.shape.widths) \(cell.network.activation.symbol)" : ""
            (threads, m, nx) = (cell.threads, cell.m, cell.nx)
            reference = result.reference?.rung ?? ""
            func numbers(_ rung: RungResult) -> [Double]? {
                rung.stepTime.map { time in
                    func ends(_ estimate: BlockEstimate) -> [Double] {
                        [estimate.median, estimate.span.lowerBound, estimate.span.upperBound]
                    }
                    let whole = result.factorOverReference(rung)?.median ?? 1
                    return (ends(time.estimate) + [whole] + (result.factorOverPrevious(rung).map(ends) ?? []))
                        .map(rounded)
                }
            }
            func byName(_ some: [RungResult]) -> [String: [Double]] {
                Dictionary(some.compactMap { rung in numbers(rung).map { (rung.rung, $0) } }) { first, _ in
                    first
                }
            }
            (rungs, peers) = (byName(result.timed), byName(result.timedPeers))
        }
    }

    /// Four digits.
    private static func rounded(_ value: Double) -> Double { Double(String(format: "%.4g", value)) ?? value }

    // MARK: - Script

    /// The SHA-256 of the script in base 64, by which the policy of a page lets it run; `.ci/run` compares the two.
    static let digest = "7/pCrHHvwhGmBYzQfnJhDXxcd3L97EXCaBKKo0mbByA="

    /// It has neither `<` nor `&`, so that a page is XML as well, and makes elements only, never markup from text.
    private static let script = #"""

        "use strict";
        (function () {
          const $ = id => document.getElementById(id);
          const content = JSON.parse($("numbers").textContent);
          const names = ["problem", "data", "network", "scalar", "threads", "m", "nx"];
          const titles = {problem: "problem", data: "data", network: "network", scalar: "scalar", threads: "threads",
            m: "m, samples", nx: "nₓ, features"};
          let cell = content.cells[content.largest];
          let peers = true;
          let chosen = "";

          // ---- Elements ----

          function element(tag, attributes, ...children) {
            const e = document.createElement(tag);
            for (const key in attributes) e.setAttribute(key, attributes[key]);
            e.append(...children);
            return e;
          }
          function shape(tag, attributes, text) {
            const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
            for (const key in attributes) e.setAttribute(key, attributes[key]);
            if (text) e.textContent = text;
            return e;
          }

          // ---- Numbers ----

          const three = x => x >= 999.5 ? x.toFixed(0) : x.toPrecision(3);
          const grouped = n => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
          function time(ns) {
            const units = [["s", 1e9], ["ms", 1e6], ["µs", 1e3], ["ns", 1]];
            const [unit, size] = units.find(u => ns >= 0.9995 * u[1]) || units[3];
            return three(ns / size) + " " + unit;
          }

          // ---- The choice ----

          const values = name => [...new Set(content.cells.map(c => c[name]))].sort(
            (a, b) => typeof a === "number" ? a - b : a > b ? 1 : -1);

          // The nearest cell with this value; of equally near ones, that which keeps the earlier names.
          function choose(name, value) {
            let best = null;
            let least = Infinity;
            for (const c of content.cells) {
              if (String(c[name]) !== String(value)) continue;
              let distance = 0;
              names.forEach((n, i) => { if (c[n] !== cell[n]) distance += 1 + (names.length - i) / 100; });
              if (least > distance) { least = distance; best = c; }
            }
            if (best) cell = best;
          }

          function form() {
            const controls = names.filter(n => values(n).length > 1).map(n => {
              const select = element("select", {name: n});
              for (const v of values(n)) {
                const words = v === "" ? (n === "data" ? "random" : "none") : String(v);
                const option = element("option", {value: v}, words);
                option.selected = v === cell[n];
                select.append(option);
              }
              return element("label", {}, titles[n] + " ", select);
            });
            const box = element("input", {type: "checkbox", name: "peers"});
            box.checked = peers;
            const more = content.cells.some(c => Object.keys(c.peers).length) ? [element("label", {}, box, " peers")] : [];
            $("choice").replaceChildren(...controls, ...more);
          }

          // ---- A cell ----

          const ladder = () => content.ladders[cell.problem];

          // Rungs in the order of the tree, each with its depth, then peers.
          function tree() {
            const timed = ladder().filter(r => Object.hasOwn(cell.rungs, r.name));
            const known = new Set(timed.map(r => r.name));
            const out = [];
            const seen = new Set();
            function add(rung, depth) {
              if (seen.has(rung.name)) return;
              seen.add(rung.name);
              out.push([rung, depth]);
              timed.filter(r => r.after === rung.name).forEach(r => add(r, depth + 1));
            }
            timed.filter(r => !known.has(r.after)).forEach(r => add(r, 0));
            timed.forEach(r => add(r, 0));
            const others = peers ? ladder().filter(r => Object.hasOwn(cell.peers, r.name)) : [];
            return out.concat(others.map(r => [r, -1]));
          }

          function table() {
            const rows = tree();
            const all = rows.map(([r, depth]) => (depth >= 0 ? cell.rungs : cell.peers)[r.name]);
            const longest = Math.max(...all.map(n => n[0]));
            const head = element("tr", {}, ...["version", "time of a step"].map(t => element("th", {scope: "col"}, t)),
              element("td", {"aria-hidden": "true"}), ...["over what it builds on", "over " + cell.reference,
              "what it changes"].map(t => element("th", {scope: "col"}, t)));
            const body = rows.map(([r, depth], i) => {
              const n = all[i];
              const name = (depth >= 0 ? "" : "peer ") + r.name;
              const bar = element("div", {class: "timebar " + r.hue});
              bar.style.width = 12 * n[0] / longest + "rem";
              const own = n.length > 4 ? three(n[4]) + "×" + (n[5] === n[6] ? "" : " (" + three(n[5]) + " to " +
                three(n[6]) + ")" + (1 >= n[5] ? n[6] >= 1 ? " ≈" : "" : "")) + " over " + r.after : "–";
              const label = element("th", {scope: "row"}, element("button", {type: "button",
                "aria-pressed": String(r.name === chosen)}, name));
              label.style.paddingLeft = 0.5 + 0.7 * Math.max(0, depth) + "rem";
              return element("tr", {"data-rung": r.name}, label,
                element("td", {class: "number"}, time(n[0]) + (n[1] === n[2] ? "" : " (" + time(n[1]) + " to " +
                  time(n[2]) + ")")),
                element("td", {class: "unlooped-chart", "aria-hidden": "true"}, bar), element("td", {class: "number"}, own),
                element("td", {class: "number"}, three(n[3]) + "×"), element("td", {}, r.idea));
            });
            $("rows").replaceChildren(element("caption", {}, "The ladder of this cell"), element("thead", {}, head), element("tbody", {}, ...body));
          }

          // ---- Growth ----

          // The cells that differ from the one that is shown in this size alone.
          const along = name => content.cells.filter(c => names.every(n => n === name || c[n] === cell[n]))
            .sort((a, b) => a[name] - b[name]);

          function growth(name) {
            const cells = along(name);
            if (2 > cells.length) return null;
            const [width, height, left, right, top, foot] = [640, 340, 95, 250, 14, 40];
            const count = c => c.problem === "network" ? c.m : c.m * c.nx;
            const series = tree().map(([r, depth]) => ({...r, isPeer: depth === -1, points: cells.flatMap(c => {
              const n = (depth >= 0 ? c.rungs : c.peers)[r.name];
              return n ? [[c[name], n[0] / count(c)]] : [];
            })})).filter(s => s.points.length);
            const ys = series.flatMap(s => s.points.map(p => p[1]));
            const ends = [[cells[0][name], cells[cells.length - 1][name]], [Math.min(...ys), Math.max(...ys)]];
            const place = (v, [a, b], from, to) => from + (to - from) * (b > a ? Math.log(v / a) / Math.log(b / a) : 0.5);
            const x = v => place(v, ends[0], left, width - right);
            const y = v => place(v, ends[1], height - foot, top);
            const what = "Time " + (cell.problem === "network" ? "for each sample" : "for each value of X") + " as " +
              (name === "m" ? "m" : "nₓ") + " grows";
            const svg = shape("svg", {class: "unlooped-chart", viewBox: "0 0 " + width + " " + height, role: "img",
              "aria-label": what});
            for (const c of cells) {
              svg.append(shape("line", {class: "rule", x1: x(c[name]), x2: x(c[name]), y1: top, y2: height - foot}));
              svg.append(shape("text", {class: "soft", x: x(c[name]), y: height - foot + 20, "text-anchor": "middle"},
                grouped(c[name])));
            }
            for (const v of ends[1]) svg.append(shape("text", {class: "soft", x: left - 8, y: y(v) + 5,
              "text-anchor": "end"}, time(v)));
            svg.append(shape("text", {class: "soft", x: (left + width - right) / 2, y: height - 4,
              "text-anchor": "middle"}, titles[name]));
            // Names beside the ends of lines, none on top of another; of the others the fastest and the one that is chosen.
            const last = s => s.points[s.points.length - 1];
            const best = new Map();
            for (const s of series.filter(s => !s.rounds)) {
              const f = s.isPeer ? "peer" : s.name.split(".")[0];
              if (!best.has(f) || last(best.get(f))[1] > last(s)[1]) best.set(f, s);
            }
            const named = [series[0], ...best.values()].concat(series.filter(s => s.name === chosen));
            const labels = [...new Set(named)].map(s => [s, y(last(s)[1])]).sort((a, b) => a[1] - b[1]);
            labels.forEach((l, i) => { if (i) l[1] = Math.max(l[1], labels[i - 1][1] + 20); });
            const over = Math.max(0, ...labels.map(l => l[1] - height + 6));
            for (const s of series) {
              const on = labels.some(l => l[0] === s);
              const group = shape("g", {"data-rung": s.name, class: s.hue + (on ? "" : " faint")});
              group.append(shape("path", {class: "line" + (on ? " bold" : ""), d: "M" + s.points.map(
                p => x(p[0]).toFixed(1) + " " + y(p[1]).toFixed(1)).join("L")}));
              group.append(shape("title", {}, s.name));
              svg.append(group);
            }
            for (const [s, at] of labels) svg.append(shape("text", {"data-rung": s.name, x: width - right + 12,
              y: at - over + 5}, (s.isPeer ? "peer " : "") + s.name));
            return element("figure", {}, element("figcaption", {}, what), svg);
          }

          // ---- One rung in all pictures ----

          // What pictures have of a name: the first word of a tooltip, or a text.
          const known = new Set(Object.values(content.ladders).flat().map(r => r.name));
          const nameIn = text => text.replace(/^peer /, "").split(/[ :,]/)[0];
          const marked = new Map();
          for (const svg of document.querySelectorAll("svg.unlooped-chart")) {
            for (const t of svg.querySelectorAll("title, text")) {
              if (t.parentNode === svg) { if (t.nodeName === "title") continue; }
              const name = nameIn(t.textContent);
              if (!known.has(name)) continue;
              if (!marked.has(name)) marked.set(name, []);
              marked.get(name).push(t.nodeName === "title" ? t.parentNode : t);
            }
          }
          function point(name) {
            for (const e of document.querySelectorAll(".on")) e.classList.remove("on");
            if (!name) return;
            (marked.get(name) || []).forEach(e => e.classList.add("on"));
            for (const e of document.querySelectorAll("[data-rung]")) if (e.dataset.rung === name) e.classList.add("on");
          }

          // ---- The address ----

          function write() {
            const state = new URLSearchParams(names.map(n => [n, cell[n]]));
            state.set("peers", peers ? 1 : 0);
            if (chosen) state.set("rung", chosen);
            history.replaceState(null, "", "#explore?" + state);
          }
          function read() {
            const [id, words] = location.hash.slice(1).split("?");
            if (id !== "explore") return false;
            const state = new URLSearchParams(words || "");
            const far = c => names.filter(n => state.has(n)).filter(n => String(c[n]) !== state.get(n)).length;
            cell = content.cells.reduce((a, b) => far(a) > far(b) ? b : a);
            peers = state.get("peers") !== "0";
            chosen = state.get("rung") || "";
            $("explorer").open = true;
            return true;
          }

          function show() {
            form();
            const words = [cell.data, cell.network, "m = " + grouped(cell.m), "nₓ = " + grouped(cell.nx),
              cell.scalar, cell.threads + (cell.threads === 1 ? " thread" : " threads")];
            $("cell").textContent = words.filter(w => w).join(", ");
            table();
            $("growths").replaceChildren(...["m", "nx"].map(growth).filter(g => g));
            point(chosen);
          }

          $("choice").addEventListener("change", event => {
            const input = event.target;
            const name = input.name;
            if (name === "peers") peers = input.checked; else choose(name, input.value);
            show();
            write();
            $("choice").elements[name].focus();
          });
          document.addEventListener("click", event => {
            const row = event.target.closest("#rows button, #growths [data-rung]")?.closest("[data-rung]");
            if (!row) return;
            chosen = chosen === row.dataset.rung ? "" : row.dataset.rung;
            show();
            write();
            const button = [...document.querySelectorAll("#rows tr")].find(r => r.dataset.rung === row.dataset.rung);
            if (button) button.querySelector("button").focus({preventScroll: true});
          });
          for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, event => {
            const row = event.target.closest("[data-rung]");
            const svg = event.target.closest("svg.unlooped-chart");
            const title = svg ? event.target.closest("text") || event.target.parentNode.querySelector("title") : null;
            const name = row ? row.dataset.rung : title ? nameIn(title.textContent) : "";
            point(known.has(name) ? name : chosen);
          });
          addEventListener("hashchange", () => { if (read()) show(); });

          $("explorer").hidden = false;
          const isNamed = read();
          show();
          if (isNamed) $("explore").scrollIntoView();
        })();

        """#
}
