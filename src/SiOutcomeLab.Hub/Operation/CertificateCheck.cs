using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>
/// Looks at the certificates that the options name, whichever options those are: text options that are paths and whose key says
/// <c>certificate</c> or <c>client_ca</c>.
/// </summary>
internal static class CertificateCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static IEnumerable<HubCheckItem> Of(HubOptions options, TimeProvider time)
    {
        foreach (var (key, path) in Paths(options, OptionKey.Of(typeof(HubOptions)))) yield return Look(key, path, time.GetUtcNow());
    }

    private static HubCheckItem Look(string key, string path, DateTimeOffset now)
    {
        const string Name = "certificate";
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            if (found.Count == 0) throw new CryptographicException("There is no certificate in the file.");
            var first = found.MinBy(c => c.NotAfter)!;
            var days = (int)Math.Floor((first.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays);
            var (verdict, kind) = days < 0 ? (HubCheckVerdict.Failed, HubFailureKind.CannotStart)
                : now + Soon > first.NotAfter.ToUniversalTime() ? (HubCheckVerdict.Warning, (HubFailureKind?)null)
                : (HubCheckVerdict.Ok, null);
            foreach (var certificate in found) certificate.Dispose();
            return new HubCheckItem(Name, verdict, kind, days < 0
                ? new($"{key}: gick ut för {-days} dagar sedan.", $"{key}: expired {-days} days ago.")
                : new($"{key}: gäller {days} dagar till.", $"{key}: valid for {days} more days."), []);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new HubCheckItem(Name, HubCheckVerdict.Failed, HubFailureKind.CannotStart, new($"{key} går inte att läsa.", $"{key} cannot be read."), [e.Message]);
        }
    }

    private static IEnumerable<(string Key, string Path)> Paths(object section, IReadOnlyList<OptionKey> keys)
    {
        foreach (var key in keys)
        {
            var value = key.Property.GetValue(section);
            if (!key.TakesValue && value is not null)
            {
                foreach (var inner in Paths(value, key.Children)) yield return inner;
            }
            else if (value is string { Length: > 0 } path && (key.Path.EndsWith("certificate", StringComparison.Ordinal) || key.Path.EndsWith("client_ca", StringComparison.Ordinal)))
            {
                yield return (key.Path, path);
            }
        }
    }
}
