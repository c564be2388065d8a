using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>One numbered step of a dialect's schema. Forward only: a step that has run anywhere is never edited.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Text">Its statements.</param>
internal sealed record Migration(int Version, string Name, string Text)
{
    /// <summary>By which an edited step is found out; line ends do not count.</summary>
    public string Sha256 { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>
    /// The steps of a dialect, in order, from this assembly's resources <c>Catalogue/{dialect}/Migrations/NNNN_*.sql</c>.
    /// </summary>
    public static IReadOnlyList<Migration> Of(string dialect)
    {
        var assembly = typeof(Migration).Assembly;
        var folder = $"Catalogue/{dialect}/Migrations/";
        var steps = new List<Migration>();
        var resources = assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal));
        foreach (var resource in resources.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var name = resource[folder.Length..];
            var version = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
            steps.Add(new Migration(version, name, reader.ReadToEnd()));
            if (version == steps.Count) continue;
            throw new InvalidOperationException($"The migration {resource} should have the number {steps.Count:0000}.");
        }

        return steps;
    }
}
