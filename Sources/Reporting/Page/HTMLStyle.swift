/// How a page looks: by the reader's choice light or dark, on a phone, and on paper.
enum HTMLStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --page: #ffffff; --text: #1f2328; --soft: #59636e; --rule: #d1d9e0; --raised: #f6f8fa;
          --link: #0969da; --warn: #9a6700; --warn-page: #fff8c5;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0d1117; --text: #e6edf3; --soft: #9198a1; --rule: #3d444d; --raised: #151b23;
            --link: #4493f8; --warn: #d29922; --warn-page: #272115;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body {
          margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 80rem; background: var(--page);
          color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
        }
        h1 { margin: 0 0 1rem; font-size: 1.1rem; font-weight: 600; color: var(--soft); }
        h2 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
        h3 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
        section { margin-top: 3rem; padding-top: 2rem; border-top: 1px solid var(--rule); }
        p, ul { max-width: 50rem; }
        p { margin: 0 0 1rem; }
        ul { margin: 0 0 1rem; padding-left: 1.25rem; }
        li { margin-bottom: 0.5rem; }
        a { color: var(--link); }
        code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        code { overflow-wrap: anywhere; }
        pre { margin: 0 0 1rem; padding: 0.75rem 1rem; overflow-x: auto; background: var(--raised); }
        pre code { overflow-wrap: normal; font-size: 1em; }
        .headline { max-width: 60rem; font-size: 1.45rem; line-height: 1.4; text-wrap: pretty; }
        .warning {
          padding: 0.6rem 0.9rem; border-left: 4px solid var(--warn); background: var(--warn-page);
          max-width: 54rem;
        }
        .left-out { padding: 0.6rem 0.9rem; border-left: 4px solid var(--rule); color: var(--soft); }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { position: static; }
        nav { margin-bottom: 1.5rem; font-size: 0.9rem; }
        nav ol { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin: 0; padding: 0; list-style: none; }
        nav li { margin: 0; }
        .figures {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr));
          gap: 2rem 1.5rem; margin: 1.5rem 0;
        }
        .explained { display: grid; gap: 1rem 2.5rem; margin: 1.5rem 0; }
        .explained h3 { margin-top: 0; }
        @media (min-width: 70rem) { .explained { grid-template-columns: 11fr 9fr; } }
        @media (min-width: 70rem) and (min-height: 45rem) {
          .explained figure { position: sticky; top: 1rem; align-self: start; }
        }
        figure { min-width: 0; max-width: 44rem; margin: 0; }
        figcaption { margin-bottom: 0.5rem; font-weight: 600; }
        .picture svg { display: block; width: 100%; height: auto; }
        details { margin-top: 0.5rem; }
        summary { cursor: pointer; color: var(--link); font-size: 0.9rem; }
        .scroll { margin: 0.75rem 0 1.25rem; overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; }
        caption { padding-bottom: 0.4rem; text-align: left; font-weight: 600; }
        th, td { padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: left; }
        th { font-weight: 600; }
        thead th { vertical-align: bottom; color: var(--soft); border-bottom-width: 2px; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        thead .number { white-space: normal; }
        tbody th { position: sticky; left: 0; background: var(--page); white-space: nowrap; }
        td:not(.number) { min-width: 9rem; }
        footer { margin-top: 3rem; color: var(--soft); font-size: 0.85rem; }
        @media (max-width: 40rem) {
          body { padding: 1rem 1rem 3rem; }
          .headline { font-size: 1.2rem; }
          nav ol { display: block; columns: 2; }
          th, td { padding: 0.3rem 0.5rem; }
          tbody th { white-space: normal; }
        }
        @media print {
          :root { color-scheme: light; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, .skip, summary { display: none; }
          details::details-content { content-visibility: visible; }
          .scroll { overflow: visible; }
          section { margin-top: 1.5rem; padding-top: 1rem; }
          .figures, .explained { display: block; }
          figure, tr { break-inside: avoid; }
          table { font-size: 7.5pt; }
        }
        """
}
