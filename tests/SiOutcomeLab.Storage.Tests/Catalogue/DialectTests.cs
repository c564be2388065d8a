using System.Text.RegularExpressions;
using SiOutcomeLab.Storage.Catalogue.Sql;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>The dialects' migrations beside each other.</summary>
public sealed class DialectTests
{
    [Fact]
    public void Migrations_OfEveryDialect_HaveTheSameNumbersAndNames() =>
        Assert.Equal(Names("Sqlite"), Names("Postgres"));

    [Fact]
    public void Migrations_OfEveryDialect_MakeTheSameTables() => Assert.Equal(Tables("Sqlite"), Tables("Postgres"));

    /// <summary>Else text would sort by the language of the database, and a page of a list would begin in another place than the last ended.</summary>
    [Fact]
    public void PostgresText_Everywhere_IsComparedByItsBytes() => Assert.All(
        Migration.Of("Postgres"),
        m => Assert.False(Regex.IsMatch(Statements(m), "\\bTEXT\\b(?! COLLATE \"C\")|\\b(VAR)?CHAR\\b"), $"{m.Name} has text without COLLATE \"C\"."));

    /// <summary>The rows' types are 64 bits wide on every dialect, and so are the columns.</summary>
    [Fact]
    public void PostgresNumbers_Everywhere_AreAsWideAsTheRows() => Assert.All(
        Migration.Of("Postgres"),
        m => Assert.False(Regex.IsMatch(Statements(m), @"\b(INTEGER|INT|SMALLINT|SERIAL|BOOLEAN|TIMESTAMP\w*|DATE)\b"), $"{m.Name} has a column of another width than BIGINT."));

    private static string[] Names(string dialect) => [.. Migration.Of(dialect).Select(m => m.Name)];

    private static string[] Tables(string dialect) =>
    [
        .. Migration.Of(dialect)
            .SelectMany(m => Regex.Matches(Statements(m), @"CREATE (?:TABLE|VIEW) (\w+)").Select(t => t.Groups[1].Value))
            .Where(t => !t.EndsWith("_kept", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static string Statements(Migration step) => Regex.Replace(step.Text, "--.*", string.Empty);
}
