using System.Globalization;
using System.Text;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Templates;

/// <summary>A made-up person of the example.</summary>
/// <param name="Number">Twelve digits with a right control digit and a serial number of 980–999, as in Skatteverket's published test
/// numbers: nobody's.</param>
/// <param name="BirthYear">The year of birth.</param>
/// <param name="IsWoman">The sex that the number's last serial digit says.</param>
internal sealed record ExamplePerson(string Number, int BirthYear, bool IsWoman)
{
    /// <summary>The number as case-work systems show it: six digits, hyphen, four digits.</summary>
    public string ShortNumber => $"{Number[2..8]}-{Number[8..]}";
}

/// <summary>The example's persons: always the same ones.</summary>
internal static class ExamplePersons
{
    private const int Count = 40;

    public static IReadOnlyList<ExamplePerson> All { get; } = [.. Enumerable.Range(0, Count).Select(Make)];

    private static ExamplePerson Make(int index)
    {
        var year = 1975 + (index % 30);
        var serial = 980 + (index % 20);
        var born = new DateOnly(year, (index * 5 % 12) + 1, (index * 7 % 28) + 1);
        var start = born.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + serial.ToString(CultureInfo.InvariantCulture);
        var canonical = new byte[PersonNumber.CanonicalLength];
        for (var control = 0; control < 10; control++)
        {
            if (PersonNumber.Read($"{start}{control}", new DateOnly(2024, 12, 31), canonical) == PersonNumberFault.None)
            {
                return new ExamplePerson(Encoding.ASCII.GetString(canonical), year, serial % 2 == 0);
            }
        }

        throw new InvalidOperationException("Every date and serial number has a control digit.");
    }
}
