'use strict';
// Draws one comparison from the JSON in the page. Text goes in by textContent only: names from the data are never markup.
(() => {
  const { result, notes } = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const svg = (tag, attributes = {}, ...children) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const fixed = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
  const percent = (value, digits = 1) => (Number.isFinite(value) ? `${(100 * value).toFixed(digits)} %` : '–');
  const points = (value) => (Number.isFinite(value) ? `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(100 * value).toFixed(1)}` : '–');
  const sizes = ['B', 'kB', 'MB', 'GB', 'TB'];
  const bytes = (value) => {
    if (!Number.isFinite(value)) return '–';
    const s = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
    return `${(value / 1000 ** s).toFixed(s ? 1 : 0)} ${sizes[s]}`;
  };
  const short = (path) => path.replace(/^actorfed\./, '');
  const words = (settings) => Object.entries(settings).map(([path, value]) => `${short(path)} ${value}`).join(', ');
  const metric = result.metric.replace('-', ' ');
  const rowsOf = [...new Set(result.tables.flatMap((t) => t.rows.map((r) => r.row)))];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;
  // A method has one colour in all charts; the golden angle keeps neighbours apart.
  const colour = (row, alpha = 1) => `hsl(${(210 + 137.5 * rowsOf.indexOf(row)) % 360} 65% ${dark() ? 66 : 42}% / ${alpha})`;

  $('name').textContent = rowsOf.join(', ');
  $('subtitle').textContent = `${result.dataset} with ${result.model}, judged by ${metric}, seeds ${result.seeds.join(', ')}`;
  if (!result.completed) {
    $('notice').hidden = false;
    $('notice').textContent = 'This comparison is not completed: the same command goes on with it.';
  }

  const done = result.cells.filter((c) => c.state === 'done');
  const best = result.tables.flatMap((t) => t.rows.map((r) => ({ t, r }))).filter(({ r }) => Number.isFinite(r.last)).sort((a, b) => b.r.last - a.r.last)[0];
  const claimed = result.tables.flatMap((t) => t.rows).filter((r) => r.lastDifference && (r.lastDifference.low > 0 || r.lastDifference.high < 0));
  [
    ['Highest mean', best ? percent(best.r.last) : '–', best ? `${best.r.row}${best.t.condition ? `, ${best.t.condition}` : ''}, mean over the last rounds' models` : 'no run is done'],
    ['Claimed differences', String(claimed.length), `of ${result.tables.flatMap((t) => t.rows).filter((r) => r.lastDifference).length} to ${result.baseline}; intervals that leave out zero`],
    ['Cells', `${done.length} of ${result.cells.length}`, `${result.cells.filter((c) => c.state === 'failed').length} failed`],
    ['Wall time', `${fixed(done.reduce((s, c) => s + (c.seconds ?? 0), 0) / 60, 1)} min`, 'over all cells'],
  ].forEach(([name, value, more]) => $('tiles').append(make('div', {}, make('dt', {}, name), make('dd', {}, value, make('small', {}, more)))));

  const table = (caption, head, rows) => {
    const box = make('table', { class: 'plain' }, make('caption', { class: 'hidden' }, caption));
    box.append(make('thead', {}, make('tr', {}, ...head.map((h) => make('th', { scope: 'col', ...(h.text ? { class: 'text' } : {}) }, h.name ?? h)))));
    box.append(make('tbody', {}, ...rows));
    return box;
  };
  const row = (name, cells) => make('tr', {}, make('th', { scope: 'row' }, name), ...cells.map((c) => (c instanceof Node ? c : make('td', {}, c))));
  const region = (box, label, content) => {
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
    box.append(content);
    return box;
  };
  const difference = (d) => (d ? `${points(d.mean)}${Number.isFinite(d.low) ? ` [${points(d.low)}, ${points(d.high)}]` : ''}${d.low > 0 || d.high < 0 ? ' *' : ''}` : '–');

  const charts = [];
  const later = [];
  const curves = (place, t) => {
    const rows = t.rows.filter((r) => r.curve.length > 0);
    const x = [...new Set(rows.flatMap((r) => r.curve.map((p) => p.round)))].sort((a, b) => a - b);
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', rows.map((r) => `${r.row} ends at ${percent(r.curve.at(-1).mean)}`).join('; ') || 'No round was evaluated.');
    place.replaceChildren();
    const axis = { stroke: css('--soft'), grid: { stroke: css('--grid'), width: 1 }, ticks: { stroke: css('--grid'), width: 1 } };
    const at = (r, key) => { const by = new Map(r.curve.map((p) => [p.round, p[key]])); return x.map((n) => by.get(n) ?? null); };
    const value = (u, v) => percent(v);
    const series = [{ label: 'round', value: (u, v) => (v == null ? '–' : String(v)) }];
    const data = [x];
    const bands = [];
    rows.forEach((r) => {
      series.push({ label: r.row, stroke: colour(r.row), width: 2, spanGaps: true, value, points: { show: x.length < 60, size: 6, fill: css('--card') } });
      data.push(at(r, 'mean'));
      if (r.curve.some((p) => Number.isFinite(p.low))) {
        const edge = { class: 'band', stroke: 'transparent', spanGaps: true, value, points: { show: false } };
        series.push({ ...edge, label: `${r.row}, high` }, { ...edge, label: `${r.row}, low` });
        data.push(at(r, 'high'), at(r, 'low'));
        bands.push({ series: [series.length - 2, series.length - 1], fill: colour(r.row, 0.16) });
      }
    });
    charts.push(new uPlot({
      width: Math.max(280, place.clientWidth), height: 300, bands, series, legend: { live: true },
      // An interval may reach beyond what a share can be; the axis does not.
      scales: { x: { time: false, range: (u, min, max) => [min - 0.2, max + 0.2] }, y: { range: (u, min, max) => (min == null ? [0, 1] : [Math.max(0, min - 0.02), Math.min(1, max + 0.02)]) } },
      axes: [{ ...axis, space: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }, { ...axis, size: 56, values: (u, ticks) => ticks.map((v) => (v == null ? '' : `${(100 * v).toFixed(0)} %`)) }],
    }, data, place));
  };
  // Mean and interval of every difference on one scale, zero marked.
  const forest = (place, t) => {
    const rows = t.rows.filter((r) => r.lastDifference);
    place.replaceChildren();
    if (rows.length === 0) { place.append(make('p', { class: 'hint' }, 'Nothing to compare yet.')); return; }
    const ends = rows.flatMap(({ lastDifference: d }) => [d.mean, d.low ?? d.mean, d.high ?? d.mean, 0]);
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const pad = (most - least || 0.01) * 0.08;
    const [width, left, line] = [Math.max(300, place.clientWidth), 130, 30];
    const height = line * rows.length + 34;
    const at = (v) => left + ((v - least + pad) / (most - least + 2 * pad)) * (width - left - 12);
    const box = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': rows.map((r) => `${r.row}: ${difference(r.lastDifference)} points`).join('; ') });
    box.append(svg('line', { x1: at(0), x2: at(0), y1: 4, y2: height - 28, stroke: css('--soft'), 'stroke-dasharray': '3 3' }));
    rows.forEach((r, i) => {
      const [d, y] = [r.lastDifference, line * i + 20];
      box.append(svg('text', { x: left - 10, y: y + 4, 'text-anchor': 'end', fill: css('--ink'), 'font-size': 13 }, r.row));
      if (Number.isFinite(d.low)) box.append(svg('line', { x1: at(d.low), x2: at(d.high), y1: y, y2: y, stroke: colour(r.row), 'stroke-width': 3 }));
      box.append(svg('circle', { cx: at(d.mean), cy: y, r: 5.5, fill: colour(r.row) }, svg('title', {}, `${r.row}: ${difference(d)}`)));
    });
    [least, 0, most].filter((v, i, all) => all.indexOf(v) === i).forEach((v) => box.append(
      svg('text', { x: at(v), y: height - 8, 'text-anchor': 'middle', fill: css('--soft'), 'font-size': 12 }, points(v))));
    place.append(box);
  };

  result.tables.forEach((t, i) => {
    const section = make('section', { 'aria-labelledby': `h-table-${i}` }, make('h2', { id: `h-table-${i}` }, t.condition ? `Test part, ${t.condition}` : 'Test part'));
    const [left, right] = [make('div', { class: 'chart' }), make('div', {})];
    section.append(make('div', { class: 'grid' },
      make('figure', { class: 'card' }, make('figcaption', {}, `${metric[0].toUpperCase()}${metric.slice(1)} by round, validation sample `, make('span', { class: 'unit' }, 'mean over seeds, band: 95 % t-interval')), left),
      make('figure', { class: 'card' }, make('figcaption', {}, `Difference to ${result.baseline} `, make('span', { class: 'unit' }, 'points, last rounds, paired, 95 % t-interval')), right)));
    const head = ['Method', { name: 'Found', text: true }, ...result.seeds.map((s) => `Seed ${s}`), 'Last rounds', 'Difference', 'Wins', 'Final', 'Difference, final', 'Up', 'Down', 'Simulated s', 'Wall s',
      ...(Number.isFinite(result.target) ? [`Rounds to ${percent(result.target)}`] : [])];
    const body = t.rows.map((r) => row(r.row, [
      make('td', { class: 'text' }, words(r.found) + (r.edges.length ? ` (edge: ${r.edges.map(short).join(', ')})` : '')),
      ...result.seeds.map((s) => { const run = r.runs.find((x) => x.seed === s); return run ? `${(100 * run.last).toFixed(1)}` : '–'; }),
      percent(r.last), difference(r.lastDifference), r.lastDifference ? `${r.lastDifference.wins} of ${r.lastDifference.n}` : '–', percent(r.final), difference(r.finalDifference),
      bytes(r.bytesUp), bytes(r.bytesDown), fixed(r.simulatedSeconds, 0), fixed(r.seconds, 1),
      ...(Number.isFinite(result.target) ? [r.toTarget && Number.isFinite(r.toTarget.mean) ? `${fixed(r.toTarget.mean, 1)} (${r.toTarget.reached} of ${r.toTarget.n})` : '–'] : []),
    ]));
    section.append(make('div', { class: 'card', style: 'margin-top: 14px' }, region(make('div', { class: 'scroll' }), `Figures${t.condition ? `, ${t.condition}` : ''}`, table('One row a method', head, body))));
    $('tables').append(section);
    later.push(() => { curves(left, t); forest(right, t); });
  });
  notes.forEach((note) => $('notes').append(make('li', {}, note)));
  const search = result.cells.filter((c) => c.kind === 'search');
  region($('table-search'), 'Search', search.length === 0 ? make('p', { class: 'hint' }, 'Nothing was searched.') : table('Every search cell',
    ['Method', { name: 'Condition', text: true }, { name: 'Values', text: true }, 'Seed', metric, 'Loss', 'Wall s', 'State'],
    search.map((c) => row(c.row, [make('td', { class: 'text' }, c.condition), make('td', { class: 'text' }, words(c.searched)), String(c.seed), percent(c.value), fixed(c.loss, 4), fixed(c.seconds, 1), c.state]))));
  const pairs = (id, label, values) => region($(id), label, table(label, ['Name', { name: 'Value', text: true }],
    Object.entries(values).map(([name, value]) => row(name, [make('td', { class: 'text wide' }, value)]))));
  pairs('table-settings', 'Settings', result.settings);
  pairs('table-versions', 'Versions', result.versions);
  $('foot').textContent = result.command;

  const redraw = () => {
    charts.splice(0).forEach((chart) => chart.destroy());
    later.forEach((draw) => draw());
    document.documentElement.dataset.charts = String(charts.length);
  };
  redraw();
  let width = document.documentElement.clientWidth;
  addEventListener('resize', () => { if (width !== document.documentElement.clientWidth) { width = document.documentElement.clientWidth; redraw(); } });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
})();
