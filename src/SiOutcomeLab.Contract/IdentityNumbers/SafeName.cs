using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Contract;

/// <summary>Names that a sender chose, made fit to be shown: printable, short, and never an identity number.</summary>
internal static class SafeName
{
    private const int Longest = 64;

    /// <summary>The name, or its place when the name itself looks like an identity number.</summary>
    /// <param name="name">The name as sent.</param>
    /// <param name="index">Its place among its kind, from 0.</param>
    public static string Of(string name, int index)
    {
        if (HidesIdentity(name)) return string.Create(CultureInfo.InvariantCulture, $"#{index + 1}");
        var text = new StringBuilder(Math.Min(name.Length, Longest) + 1);
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length >= Longest)
            {
                text.Append('…');
                break;
            }

            text.Append(Rune.IsControl(rune) || rune == Rune.ReplacementChar ? "?" : rune.ToString());
        }

        return text.ToString();
    }

    /// <summary>Whether a name holds an identity number, also as ten digits in a row: a name is no sample to judge together.</summary>
    public static bool HidesIdentity(string name) => IdentityNumberScanner.Find(Encoding.UTF8.GetBytes(name), null);
}
