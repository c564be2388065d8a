using SiOutcomeLab.Datasets.MadeCountry;
using SiOutcomeLab.Datasets.Nsw;

if (args is not [var verb, var folder])
{
    Console.Error.WriteLine("""
        Writes the shipped data sets anew, byte for byte the same each time.
          silab-datasets nsw <datasets folder>            from nsw/nsw.csv
          silab-datasets made-country <datasets folder>   from the seed in the code
        """);
    return 2;
}

switch (verb)
{
    case "nsw":
        NswDataset.Write(Path.Combine(folder, "nsw"), Path.Combine(folder, "nsw"));
        return 0;
    case "made-country":
        MadeCountryDataset.Write(Path.Combine(folder, "made-country"));
        return 0;
    default:
        Console.Error.WriteLine($"There is no data set {verb}; there are nsw and made-country.");
        return 2;
}
