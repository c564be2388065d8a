using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Cli.Words;

/// <summary>Instants of the wire as people read them: by the clock in Sweden. Programs get UTC.</summary>
internal static class TimeText
{
    private const string None = "–";

    public static string Day(Timestamp? at) => at is null ? None : SwedishDay.Text(at.ToDateTimeOffset());

    /// <summary>For a narrow column; without the clock's name.</summary>
    public static string Minute(Timestamp? at) => at is null ? None : SwedishDay.Minute(at.ToDateTimeOffset());

    public static string Second(Timestamp? at, Language language) => at is null ? None : language.Pick(SwedishDay.ToldToTheSecond(at.ToDateTimeOffset()));
}
