# Evaluates modules with nixpkgs' own module system and says of every option path what it comes to, with its priority.
{ libPath, casesFile }:
let
  realLib = import libPath;
  inherit (realLib) isAttrs isFunction isList concatMap all filter elem mapAttrs zipAttrsWith concatLists;
  inherit (realLib.modules) mergeDefinitions;
  cases = builtins.fromJSON (builtins.readFile casesFile);

  # As nixpkgs' own, whose use from outside it warns of.
  pushDownProperties = v:
    let down = wrap: inner: if isAttrs inner then mapAttrs (_: wrap) inner else inner; in
    if (v._type or "") == "merge" then concatMap pushDownProperties v.contents
    else if (v._type or "") == "if" then map (down (realLib.mkIf v.condition)) (pushDownProperties v.content)
    else if (v._type or "") == "override" then map (down (realLib.mkOverride v.priority)) (pushDownProperties v.content)
    else [ v ];

  evaluate = case:
    let
      marker = import ./marker.nix { inherit (case) dots; };
      lib = realLib // {
        getExe = x: (marker.ref [ "lib" "getExe" ]) x;
      };
      outside = root: names: builtins.listToAttrs (map (name: { inherit name; value = marker.ref [ root name ]; }) names);
      pkgs = marker.ref [ "pkgs" ] // outside "pkgs" case.pkgs // { inherit lib; };

      wrapped = v: v ? _type && elem v._type [ "if" "merge" "override" "order" ];
      isSet = v: isAttrs v && !(v ? node && v ? outPath) && !wrapped v;

      bare = v: if (v._type or "") == "merge" then concatMap bare v.contents else if isAttrs v && wrapped v then bare v.content else if isPlaceholder v then [ ] else [ v ];

      # A name that a module reads from `config` without the tree defining it: a function in the place of its value.
      isPlaceholder = v: isFunction v && !isAttrs v || isAttrs v && v ? __placeholder;

      leafType = lib.mkOptionType {
        name = "leaf";
        check = _: true;
        merge = loc: defs:
          let values = map (d: d.value) (filter (d: !isPlaceholder d.value) defs);
          in
          if values == [ ] then { state = "absent"; }
          else if builtins.any (v: isAttrs v && wrapped v) values then { state = "throw"; }
          else if all isSet values then { state = "set"; inherit values; }
          else if all isList values then { state = "value"; value = concatMap (element loc) (concatLists values); }
          else if builtins.length values == 1 then { state = "value"; value = builtins.head values; }
          # Equal numbers are one; whether equal texts are one or joined, their type would say.
          else if !lib.isString (builtins.head values) && all (v: v == builtins.head values) values then { state = "value"; value = builtins.head values; }
          else { state = "several"; inherit values; };
      };

      # Options that hold a set, and the elements of those: what is inside is merged anew. `*` stands for any name.
      matches = pattern: loc: builtins.length pattern == builtins.length loc && all (i: let p = builtins.elemAt pattern i; in p == "*" || p == builtins.elemAt loc i) (builtins.genList (i: i) (builtins.length loc));
      isOption = loc: loc != [ ] && (builtins.any (p: matches p loc || matches p (lib.init loc)) case.setOptions);

      # `value` is what modules see, `report` what the judge compares.
      node = depth: loc: defs:
        let
          pushed = concatMap (d: pushDownProperties d) defs;
          real = filter (v: !isPlaceholder v) pushed;
          sets = real != [ ] && all isSet (concatMap bare defs) && !isOption loc;
          below = values: let children = mapAttrs (name: node (depth + 1) (loc ++ [ name ])) (builtins.removeAttrs (zipAttrsWith (_: vs: vs) values) [ "__placeholder" ]); in {
            value = mapAttrs (_: c: c.value) children;
            # Where it is not known whether a path is an option that holds a set, priorities of whole sets may or may not count.
            report = { set = mapAttrs (_: c: c.report) children; mixed = !isOption loc && builtins.length loc > 2 && builtins.length (lib.unique (concatMap levelPriorities defs)) > 1; };
          };
          merged = mergeDefinitions loc leafType (map (value: { file = "judge"; inherit value; }) defs);
          leaf = if merged.isDefined then merged.mergedValue else { state = "absent"; };
          inner = below leaf.values;
        in
        if depth > 40 then { value = throw "too deep"; report = { throw = true; }; }
        else if real == [ ] then { value = throw "not set in the tree"; report = { absent = true; }; }
        else if sets then below (filter isAttrs pushed)
        else {
          value =
            if leaf.state == "value" then leaf.value
            else if leaf.state == "set" then inner.value
            else if leaf.state == "several" && all (v: v == builtins.head leaf.values) leaf.values then builtins.head leaf.values
            else throw "no value";
          report =
            let t = builtins.tryEval (builtins.seq leaf.state leaf);
            in
            if !t.success then { throw = true; }
            else if leaf.state == "value" then { prio = merged.defsFinal'.highestPrio; value = marker.show 0 leaf.value; }
            else if leaf.state == "set" then inner.report
            else if leaf.state == "several" then { prio = merged.defsFinal'.highestPrio; several = map (marker.show 0) leaf.values; }
            else { ${leaf.state} = true; };
        };

      # Elements of lists are definitions of their own, as `types.listOf` has it.
      rawType = lib.mkOptionType { name = "raw"; check = _: true; merge = _: defs: (builtins.head defs).value; };
      element = loc: value: let merged = mergeDefinitions loc rawType [ { file = "judge"; inherit value; } ]; in lib.optional merged.isDefined merged.mergedValue;

      # Priorities that whole sets carry at a path, without looking at conditions.
      levelPriorities = v:
        if (v._type or "") == "merge" then concatMap levelPriorities v.contents
        else if (v._type or "") == "if" then levelPriorities v.content
        else if (v._type or "") == "override" then [ v.priority ]
        else if isPlaceholder v then [ ]
        else [ 100 ];

      free = lib.mkOptionType {
        name = "free";
        check = _: true;
        merge = loc: defs: let made = node 0 loc (map (d: d.value) defs); in made.value // { __report = made.report; };
      };

      nest = path: if path == [ ] then lib.mkOverride 9998 (x: x) else { ${builtins.head path} = nest (builtins.tail path); __placeholder = true; };

      result = lib.evalModules {
        modules = map (f: if isAttrs f then f else /. + f) case.files ++ [
          { freeformType = free; }
        ] ++ map (path: { config = builtins.removeAttrs (nest path) [ "__placeholder" ]; }) case.placeholders;
        specialArgs = outside "args" case.args // { inherit pkgs lib; modulesPath = case.modulesPath; };
      };

      declared = options:
        if options._type or "" == "option" then
          let v = marker.show 0 options.value; t = builtins.tryEval options.isDefined; in
          if !t.success then { throw = true; } else if !options.isDefined then { absent = true; } else { declared = true; prio = options.highestPrio; value = v; }
        else { set = mapAttrs (_: declared) (builtins.removeAttrs options [ "_module" ]); };
    in
    {
      free = result.config.__report or { set = { }; };
      declared = declared result.options;
    };

  at = path: report:
    if path == [ ] then report
    else at (builtins.tail path) report.set.${builtins.head path};

  shallow = report: if report ? set then { names = builtins.attrNames report.set; mixed = report.mixed or false; } else report;
in
map (case:
  let all = evaluate case; in
  if case.only == null then { inherit (all) free declared; }
  else { part = shallow (at case.only all.${case.side}); }
) cases
