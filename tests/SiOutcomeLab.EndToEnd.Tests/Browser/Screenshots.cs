using Microsoft.Playwright;

namespace SiOutcomeLab.EndToEnd.Tests.Browser;

/// <summary>Pictures of pages for whoever wants to look, beside the tests' program; compared with nothing.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public static async Task TakeAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(Folder, name + ".png") });
}
