namespace SiOutcomeLab.Datasets.MadeCountry;

internal static class MadeCountryDataset
{
    public static void Write(string target) => Directory.CreateDirectory(target);
}
