using System.Text;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandTree.RunAsync(args, Terminal.OfProcess(LanguageWords.Of(args)), TimeProvider.System, CancellationToken.None);
