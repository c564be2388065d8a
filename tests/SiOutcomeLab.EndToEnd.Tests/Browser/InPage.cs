namespace SiOutcomeLab.EndToEnd.Tests.Browser;

/// <summary>Questions that are asked within a page. The pages themselves run no script; these are the tests' own.</summary>
internal static class InPage
{
    /// <summary>How far the page reaches beyond its window, in CSS pixels, and what reaches furthest.</summary>
    public const string Overhang = """
        () => {
          const width = document.documentElement.clientWidth;
          const clipped = e => e.closest('.scroll') !== null && !e.matches('.scroll');
          let worst = '', most = document.documentElement.scrollWidth - width;
          for (const e of document.body.querySelectorAll('*')) {
            if (clipped(e) && getComputedStyle(e.closest('.scroll')).overflowX !== 'visible') continue;
            if (e.closest('svg') || e.matches('.skip')) continue;
            const over = e.getBoundingClientRect().right - width;
            if (over > most + 0.5) { most = over; worst = e.tagName + '.' + e.className + ' ' + (e.textContent || '').trim().slice(0, 40); }
          }
          return most > 0.5 ? Math.round(most) + ' px: ' + worst : '';
        }
        """;

    /// <summary>Where the focus is: what it is, whether it shows, where it lies and how its outline looks.</summary>
    public const string Focus = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body || e === document.documentElement) return null;
          const box = e.getBoundingClientRect(), style = getComputedStyle(e);
          const all = [...document.querySelectorAll('*')];
          return {
            at: all.indexOf(e),
            what: e.tagName + ' ' + (e.getAttribute('href') || e.id || e.getAttribute('aria-label') || ''),
            isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
          };
        }
        """;

    /// <summary>How many things the keyboard must reach.</summary>
    public const string Reachable = """
        () => [...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), [tabindex="0"]')]
          .filter(e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden').length
        """;

    /// <summary>Text that stands out too little from what is behind it, by WCAG 2.2's formula.</summary>
    public const string Faint = """
        () => {
          const rgb = c => (c.match(/[\d.]+/g) || []).map(Number);
          const part = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
          const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
          const behind = e => {
            for (; e; e = e.parentElement) {
              const c = rgb(getComputedStyle(e).backgroundColor);
              if (c.length >= 3 && (c.length === 3 || c[3] > 0)) return c;
            }
            return [255, 255, 255];
          };
          const faint = [];
          for (const e of document.body.querySelectorAll('*')) {
            const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
            if (!own || e.getClientRects().length === 0 || ['TITLE', 'DESC', 'title', 'desc', 'OPTION'].includes(e.tagName)) continue;
            const style = getComputedStyle(e), a = light(rgb(e instanceof SVGElement ? style.fill : style.color)), b = light(behind(e));
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) faint.push(ratio.toFixed(2) + ' ' + e.textContent.trim().slice(0, 30));
          }
          return faint.join('; ');
        }
        """;

    /// <summary>What is pointed at and is smaller than 24 by 24 CSS pixels; links within sentences may be (WCAG 2.2, 2.5.8).</summary>
    public const string Small = """
        () => [...document.querySelectorAll('nav a, button, select, input:not([type=hidden])')]
          .filter(e => e.getClientRects().length > 0)
          .map(e => [e, e.getBoundingClientRect()])
          .filter(([, b]) => b.width < 23.9 || b.height < 23.9)
          .map(([e, b]) => `${e.tagName} ${e.textContent.trim() || e.id} ${b.width.toFixed(0)}×${b.height.toFixed(0)}`).join('; ')
        """;

    /// <summary>Which of a page's parts are on paper or screen.</summary>
    public const string Shown = """
        selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length > 0).length
        """;
}
