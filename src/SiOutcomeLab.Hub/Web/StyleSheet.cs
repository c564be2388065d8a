using System.Security.Cryptography;

namespace SiOutcomeLab.Hub.Web;

/// <summary>The one style sheet. Its address has its content's hash in it, so a browser may keep it for good.</summary>
internal static class StyleSheet
{
    public static byte[] Content { get; } = Read();

    public static string Path { get; } = $"/pages-{Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 8))}.css";

    private static byte[] Read()
    {
        using var resource = typeof(StyleSheet).Assembly.GetManifestResourceStream("SiOutcomeLab.Hub.Web.pages.css")
            ?? throw new InvalidOperationException("The style sheet is not in the assembly.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
