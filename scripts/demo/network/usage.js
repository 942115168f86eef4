/** The usage of `npm start`, in JavaScript so that it can be printed before anything is installed. */
export const USAGE =
  'usage: [PORT=4000] [DATABASE_URL=postgresql://…] npm start [-- --scale N --data FOLDER --with-bad-platform]';

export const HELP = `Starts the demo network: PostgreSQL, twelve platforms with two years of data, the gateway with a playground.

${USAGE}

  --data FOLDER   where data, keys and logs lie (default: .yiwang in the clone, or YIWANG_DATA)
  --scale N       multiplies the rows (default: 1)
  --with-bad-platform
                  adds a platform, municipal/420300, whose rows break the rules of the standard
  PORT            of the gateway (default: 4000)
  DATABASE_URL    a PostgreSQL server of your own, on which databases are made (default: an embedded one)
`;
