using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Planning;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>How much was written.</summary>
/// <param name="Municipalities">Municipalities.</param>
/// <param name="Persons">Persons, each counted once.</param>
/// <param name="Participants">Starts of interventions.</param>
/// <param name="Rows">Rows of observations, of all senders.</param>
public sealed record CountryTotals(int Municipalities, long Persons, long Participants, long Rows);

/// <summary>
/// Writes a country as its organisations would send it, municipality by municipality: at most a few are held at a time.
/// </summary>
public static class CountryFiles
{
    /// <summary>Writes deliveries, interventions, plans, <c>truth.csv</c> and <c>country.csv</c>.</summary>
    /// <param name="country">The country.</param>
    /// <param name="folder">An empty or new folder.</param>
    /// <param name="waves">What has been sent by then.</param>
    /// <param name="only">Municipalities to write, and no region or agency; null for the whole country.</param>
    /// <param name="threads">Municipalities that are made at the same time.</param>
    /// <param name="cancellationToken">Asked before each delivery.</param>
    public static CountryTotals Write(
        MadeCountry country, string folder, IReadOnlyList<Wave> waves, IReadOnlySet<string>? only, int threads,
        CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        using var truth = Text(Path.Combine(folder, "truth.csv"));
        truth.Write(TruthTable.Header);
        using var overview = Text(Path.Combine(folder, "country.csv"));
        overview.Write("municipality_code,name,county_code,similar_group,population_2024,persons,interventions\n");
        using var agencies = new OwnerSet(folder, only is null ? Owners.OfCountry : [], waves);
        long persons = 0, participants = 0, rows = 0;
        var codes = country.Designs.Select(d => d.Place).Where(p => only is null || only.Contains(p.Code)).ToArray();
        foreach (var county in codes.GroupBy(p => p.CountyCode))
        {
            using var region = new OwnerSet(folder, only is null ? Owners.OfCounty(county.Key) : [], waves);
            foreach (var made in InOrder(county.Select(p => p.Code), threads, code => MakeOne(country, folder, code, waves, cancellationToken)))
            {
                region.Add(made.Municipality, made.Pseudonyms);
                agencies.Add(made.Municipality, made.Pseudonyms);
                truth.Write(made.Truth);
                overview.Write(Line(made.Municipality));
                persons += made.Municipality.Design.Persons.Sum();
                participants += made.Municipality.Populations.Sum(p => p.Participants.Count);
                rows += made.Rows;
            }

            rows += region.Finish();
        }

        rows += agencies.Finish();
        return new CountryTotals(codes.Length, persons, participants, rows);
    }

    private static Made MakeOne(
        MadeCountry country, string folder, string code, IReadOnlyList<Wave> waves, CancellationToken cancellationToken)
    {
        var municipality = country.Make(code);
        var pseudonyms = DeliveryBytes.PseudonymsOf(country, municipality);
        var own = Path.Combine(folder, code);
        var rows = MunicipalDeliveries.Write(own, municipality, pseudonyms, waves, cancellationToken);
        if (municipality.Design.Interventions.Count > 0) CountryPlans.Write(own, municipality.Design);
        return new Made(municipality, pseudonyms, TruthTable.Lines(municipality), rows);
    }

    /// <summary>Works ahead by as many as there are threads, and hands on in order.</summary>
    private static IEnumerable<Made> InOrder(IEnumerable<string> codes, int threads, Func<string, Made> make)
    {
        var ahead = new Queue<Task<Made>>();
        foreach (var code in codes)
        {
            if (ahead.Count >= threads) yield return ahead.Dequeue().GetAwaiter().GetResult();
            ahead.Enqueue(Task.Run(() => make(code)));
        }

        while (ahead.TryDequeue(out var next)) yield return next.GetAwaiter().GetResult();
    }

    private static string Line(MadeMunicipality municipality)
    {
        var place = municipality.Place;
        var methods = string.Join('|', municipality.Design.Interventions.Select(i => i.Method.Code));
        return $"{place.Code},{place.Name},{place.CountyCode},{place.Group},{place.Population},{municipality.Design.Persons.Sum()},{methods}\n";
    }

    private static StreamWriter Text(string path) => new(path, append: false) { NewLine = "\n" };

    private sealed record Made(MadeMunicipality Municipality, string[][] Pseudonyms, string Truth, long Rows);

    private sealed class OwnerSet(string folder, IReadOnlyList<(string Organisation, string Measure)> owners, IReadOnlyList<Wave> waves)
        : IDisposable
    {
        private readonly OwnerFolder[] _owners = [.. owners.Select(o => new OwnerFolder(folder, o.Organisation, o.Measure, waves))];

        public void Add(MadeMunicipality municipality, string[][] pseudonyms)
        {
            foreach (var owner in _owners) owner.Add(municipality, pseudonyms);
        }

        public long Finish() => _owners.Sum(o => o.Finish());

        public void Dispose()
        {
            foreach (var owner in _owners) owner.Dispose();
        }
    }
}
