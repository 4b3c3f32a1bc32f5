/** What a package says of itself, for whoever finds it years later. */
export const packageReadme = (number: string): string => `Nagranie wizyty ${number}

Pliki w folderze "sealed" są zaszyfrowane. Otwiera je tylko hasło, które pokazaliśmy raz osobie, która
przygotowała paczkę. Nie mamy go i nie możemy go odtworzyć.

Jak otworzyć (Node.js 20 lub nowszy, pliki programu e-Wizyta):
  npm run recording:open-package -- nagranie-${number}.tar nowy-folder

Jak to zrobić bez programu e-Wizyta:
  1. package.json: "salt" i "sealedKey" (base64).
  2. Klucz z hasła: scrypt(hasło bez myślników, salt, 32 bajty, N=131072, r=8, p=1).
  3. sealedKey = nonce (12 bajtów), znacznik (16), szyfrogram; AES-256-GCM, dane dodatkowe
     "recording.package:<visitId>". To daje klucz nagrania (32 bajty).
  4. Klucz plików: HKDF-SHA-256(klucz nagrania, pusta sól, "recording sealing", 32 bajty).
  5. Każdy plik to kawałki po 262144 bajty treści, każdy zapisany jako nonce (12), znacznik (16), szyfrogram;
     AES-256-GCM, dane dodatkowe "file:<visitId>:<run>:<nazwa>:<numer kawałka od 0>".

manifest.json opisuje nagranie: pliki, ich długość ("length", przed zaszyfrowaniem) i SHA-256 zaszyfrowanych
bajtów ("digest"). manifest.sig to bajt z numerem klucza i podpis Ed25519 (64 bajty) bajtów manifest.json;
public-key-<numer>.pem to klucz publiczny instytucji. Komenda sprawdza podpis i każdy bajt, i pokazuje odcisk klucza:
porównaj go z odciskiem, który podaje instytucja, albo podaj jej klucz jako trzeci argument.
`
