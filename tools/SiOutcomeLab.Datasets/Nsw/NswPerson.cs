using System.Globalization;

namespace SiOutcomeLab.Datasets.Nsw;

/// <summary>One line of <c>nsw.csv</c>.</summary>
internal sealed record NswPerson(
    string Id,
    bool Treated,
    int Age,
    int Education,
    string Race,
    int Married,
    int NoDegree,
    double Earnings1974,
    double Earnings1975,
    double Earnings1978)
{
    private const string Header = "\"id\",\"treat\",\"age\",\"educ\",\"race\",\"married\",\"nodegree\",\"re74\",\"re75\",\"re78\"";

    public static IReadOnlyList<NswPerson> ReadAll(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != Header) throw new InvalidDataException($"{path}: the first line is not the expected header.");
        return [.. lines.Skip(1).Select((line, at) => Parse(line, at + 2, path))];
    }

    private static NswPerson Parse(string line, int number, string path)
    {
        var f = line.Split(',');
        if (f.Length != 10) throw new InvalidDataException($"{path}, line {number}: {f.Length} fields in place of 10.");
        return new NswPerson(
            f[0].Trim('"'),
            f[1] == "1",
            Whole(f[2]),
            Whole(f[3]),
            f[4].Trim('"'),
            Whole(f[5]),
            Whole(f[6]),
            Real(f[7]),
            Real(f[8]),
            Real(f[9]));
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
